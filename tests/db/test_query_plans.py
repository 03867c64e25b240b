"""No question the weekly commands ask may walk a table that grows with the number of customers or talks."""

import re
from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy import event

from care.calls.add import add_chosen
from care.calls.plan import plan_week
from care.calls.preview import preview
from care.calls.queries import latest_try, was_reached
from care.calls.skip import skip_call
from care.customers.edit import card
from care.interviews.brief import brief, held_in_company, interview
from care.interviews.notes import CallNotes, FoundGold, MadePromise, RaisedIssue
from care.interviews.record import record
from care.interviews.search import found_in
from care.interviews.search_query import read_query
from care.interviews.timeline import timeline
from care.interviews.versions import changes_of
from care.issues.editing import note_issue
from care.issues.letters import write_letters
from care.issues.listing import list_issues
from care.issues.merging import merge_issues
from care.issues.raising import raise_issue, similar_issues
from care.issues.story import issue_story, merged_into
from care.issues.tell_notes import next_call
from care.issues.telling import settle_issue, tell_raiser, tell_where_it_stands
from care.owed.owed import owed
from care.person.leave import pause_customer
from care.reports.gather import gather
from care.reports.period import period_between
from care.reports.queries import told_between
from care.reports.records import Asking
from care.reports.section import MEETING
from care.reports.week import show_week
from care.touches.touch import record_touch
from care.words import GoldKind, IssueState, Outcome, Purpose, Reading
from stores import MONDAY, WEEK, Store, later, new_store, people

GROWING = {
    "customer", "contact", "source_id", "company", "call", "attempt", "answer", "gold", "issue", "raiser", "promise",
    "touch", "journal", "note", "owing", "ledger", "draw", "draw_entry",
}  # fmt: skip

ALLOWED = {
    # The newest row, from the end of the table: LIMIT 1 stops at the first.
    r"SELECT ledger.id, ledger.hash .* ORDER BY ledger.id DESC\s+LIMIT": {"SCAN ledger"},
    r"FROM draw ORDER BY draw.id DESC\s+LIMIT": {"SCAN draw"},
    # Calls and promises that are open, and issues not finished, are few; their partial index holds nothing else.
    r"WHERE call.state = 'planned'": {"SCAN call USING INDEX call_planned"},
    r"WHERE promise.state = 'open'": {"SCAN promise USING INDEX promise_open"},
    r"WHERE issue.state != 'told'": {"SCAN issue USING INDEX issue_untold"},
    r"WHERE issue.state IN": {"SCAN issue USING INDEX issue_settled"},
    # Who was there at the first draw of the time: from the end of the table, past those who came since.
    r"WHERE customer.added_at <= \? ORDER BY customer.id DESC\s+LIMIT": {"SCAN customer"},
    # Those longest in the store first, a handful: LIMIT stops the walk over the index of the unheard.
    r"LIMIT \?": {"SCAN customer USING INDEX customer_unheard"},
    # care issues --all wants every issue.
    r"WHERE issue.merged_into IS NULL ORDER BY issue.id DESC": {"SCAN issue"},
    r"count\(\*\) .* FROM issue WHERE issue.merged_into IS NULL$": {"SCAN issue"},
}


def notes(now, outcome=Outcome.REACHED, **more) -> CallNotes:
    return CallNotes(at=now, caller="Ann", outcome=outcome, **more)


def full_notes(now) -> CallNotes:
    return notes(
        now,
        answers={"ease": "slow", "promises": "fine"},
        readings={"ease": Reading.BAD, "promises": Reading.GOOD},
        issues=(RaisedIssue(title="Late invoices", words="always late"), RaisedIssue(id=1)),
        promises=(MadePromise(what="send the guide", due_on=date(2026, 12, 1)),),
        gold=(FoundGold(kind=GoldKind.WISH, words="answer within a day"),),
        remember="her boat",
        again_on=date(2027, 3, 1),
    )


@pytest.fixture(scope="module")
def grown(tmp_path_factory) -> Iterator[Store]:
    """A store with 3,000 customers, talks, issues and touches."""
    store = new_store(tmp_path_factory.mktemp("grown") / "care.db", calls_per_week=20)
    store.take(people(3000))
    with store.changing() as session:
        for one in range(1, 120):
            raise_issue(session, f"Trouble {one % 9}", one, MONDAY)
            record_touch(session, one, Purpose.SELL, None, None, "Ann", MONDAY, MONDAY)
        for one in range(1, 60):
            settle_issue(session, one, IssueState.FIXED, None, MONDAY)
            if one % 2:
                tell_raiser(session, one, one, "Person", None, "Ann", MONDAY)
        for one in range(2000, 2300):
            pause_customer(session, one, date(2026, 11, 24 + one % 6), None, MONDAY)
    for week in range(3):
        now = later(days=7 * week)
        plan = store.plan(WEEK.plus(week), now)
        for number, call in enumerate(plan.calls):
            if number % 5 != 4 and call.state == "planned":
                with store.changing(now) as session:
                    talk = full_notes(now) if number % 2 else notes(now, Outcome.NO_ANSWER)
                    record(session, call.customer.id, talk, now)
    yield store
    store.close()


NOW = later(days=21)
NEXT = WEEK.plus(3)


def log(session, outcome: Outcome) -> None:
    call = next_call(session, NOW)
    assert call is not None
    record(session, call.customer.id, full_notes(NOW) if outcome is Outcome.REACHED else notes(NOW, outcome), NOW)


def draw(session) -> None:
    plan_week(session, NEXT, NOW, wanted=None, callers=["Ann"], explicit_clock=False)
    plan_week(session, NEXT, NOW, wanted=65, callers=["Ann"], explicit_clock=False)


PERIOD = period_between(None, None, NOW.date(), "UTC")
COMMANDS = {
    "plan": draw,
    "plan --dry-run": lambda session: preview(session, NEXT, NOW, None),
    "plan, shown": lambda session: show_week(session, WEEK.plus(2), NOW),
    "plan skip": lambda session: skip_call(session, session_call(session), "angry", NOW),
    "plan add": lambda session: add_chosen(session, 2900, None, "Ann", NOW),
    "report": lambda session: gather(session, Asking(MEETING, PERIOD), NOW),
    "report in full": lambda session: gather(session, Asking(MEETING, PERIOD, True, True, True), NOW),
    "owed": lambda session: owed(session, NOW),
    "issues": lambda session: list_issues(session, NOW),
    "issues --all": lambda session: list_issues(session, NOW, everything=True),
    "owed --mine": lambda session: owed(session, NOW, caller="Ann", limit=20),
    "owed, a page": lambda session: owed(session, NOW, limit=20),
    "owed, long after": lambda session: owed(session, later(days=400), limit=20),
    "owed done": lambda session: tell_where_it_stands(session, 100, 100, "Person", NOW),
    "report told": lambda session: gather(session, Asking(("told",), PERIOD), NOW),
    "issues, a page": lambda session: list_issues(session, NOW, limit=20),
    "issues --mine": lambda session: list_issues(session, NOW, owner="Ann", limit=20),
    "issues --all, a page": lambda session: list_issues(session, NOW, everything=True, limit=20),
    "issues show": lambda session: issue_story(session, 7, NOW),
    "issues draft": lambda session: write_letters(session, 58, "Ann", NOW),
    "issues add": lambda session: similar_issues(session, "Trouble with the export"),
    "issues note": lambda session: note_issue(session, 100, "soon", "Ann", NOW),
    "issues merge": lambda session: merge_issues(session, 101, 100),
    "issues fix": lambda session: settle_issue(session, 100, IssueState.FIXED, None, NOW),
    "issues tell": lambda session: tell_raiser(session, 58, 58, "Person", "pleased", "Ann", NOW),
    "brief": lambda session: brief(session, 7, "Ann", NOW),
    "brief, of one with colleagues": lambda session: held_in_company(session, 1, later(days=-9)),
    "log, going on with notes": lambda session: was_reached(session, 7, NOW, latest_try(session) - 9),
    "interview": lambda session: interview(session, 7, "Ann", NOW),
    "customers show": lambda session: (card(session, 7, NOW), timeline(session, 7)),
    "customers show --history": lambda session: changes_of(session, 7),
    "search": lambda session: found_in(session, read_query(["late"]), None, NOW, limit=10),
    "search, narrowed": lambda session: found_in(
        session, read_query(["late", "question:ease", "since:2020-01-01"]), 7, NOW, limit=10
    ),
    "search --best": lambda session: found_in(session, read_query(["la*"]), None, NOW, limit=10, best=True),
    "log, reached": lambda session: log(session, Outcome.REACHED),
    "log, nobody answered": lambda session: log(session, Outcome.NO_ANSWER),
    "touch": lambda session: record_touch(session, 9, Purpose.GIVE, "a book", None, "Ann", NOW, NOW),
}


def session_call(session) -> int:
    call = next_call(session, NOW)
    assert call is not None
    return call.id


def walks(store: Store, command) -> list[str]:
    """The statements of a command that walk a growing table, each with the line of its plan."""
    said: list[tuple[str, object]] = []

    def note(connection, cursor, statement, parameters, context, executemany) -> None:
        if statement.lstrip().split(" ", 1)[0] in ("SELECT", "UPDATE", "DELETE", "INSERT"):
            said.append((statement, parameters[0] if executemany else parameters))

    event.listen(store.engine, "before_cursor_execute", note)
    try:
        with store.changing(NOW, keep=False) as session:
            command(session)
    finally:
        event.remove(store.engine, "before_cursor_execute", note)
    assert said
    found = []
    with store.bare() as connection:
        for statement, parameters in said:
            flat = " ".join(statement.split())
            for _, _, _, detail in connection.execute(f"EXPLAIN QUERY PLAN {statement}", parameters):
                walked = re.match(r"SCAN (\w+)", detail)
                if walked is None or walked[1] not in GROWING:
                    continue
                allowed = any(re.search(form, flat) and detail in lines for form, lines in ALLOWED.items())
                if not allowed:
                    found.append(f"{detail}: {flat}")
    return found


@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS.keys())
def test_nothing_walks_a_table_that_grows(grown: Store, command) -> None:
    assert walks(grown, command) == []


def test_a_walk_would_be_seen(grown: Store) -> None:
    from sqlalchemy import text

    found = walks(
        grown, lambda session: session.execute(text("SELECT name FROM customer WHERE segment = 'gold'")).all()
    )
    assert found == ["SCAN customer: SELECT name FROM customer WHERE segment = 'gold'"]


def test_what_was_told_and_merged_is_found_by_the_changes_and_not_among_all_there_ever_were(grown: Store) -> None:
    """The journal holds every issue and raiser there ever was: the way in is the change, never the noun."""
    said: list[tuple[str, object]] = []
    event.listen(grown.engine, "before_cursor_execute", lambda c, r, statement, p, x, m: said.append((statement, p)))
    with grown.reading() as session:
        told_between(session, PERIOD.start, PERIOD.end)
        merged_into(session, 7)
    plans = []
    with grown.bare() as connection:
        for statement, parameters in said:
            if "journal" in statement:
                plans += [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)]
    mine = [line for line in plans if "journal" in line or "rows" in line]
    assert mine == [
        "SEARCH journal USING INDEX ix_journal_change_id (change_id>?)",
        "SEARCH journal USING INDEX ix_journal_change_id (change_id=?)",
        "SEARCH rows USING INDEX journal_row (noun=? AND row_id=?)",
    ]
