"""Recording a talk: everything it yields lands where it belongs, all of it or nothing."""

from datetime import date, timedelta

import pytest

from care.calls.add import add_chosen
from care.calls.queries import latest_try, was_reached
from care.errors import CareError, NotFound, WrongUsage
from care.interviews.brief import brief, interview
from care.interviews.errors import NoReading, NoSuchQuestion, TalkToCome
from care.interviews.notes import CallNotes, FoundGold, MadePromise, RaisedIssue, ToldIssue
from care.interviews.record import record
from care.interviews.records import Talk
from care.interviews.timeline import timeline
from care.issues.raising import raise_issue
from care.issues.telling import settle_issue
from care.owed.promises import make_promise
from care.touches.touch import record_touch
from care.words import CallKind, GoldKind, How, IssueKind, IssueState, Outcome, PromiseState, Purpose, Reading, Stance
from stores import MONDAY, Store, later, made_once, people


def notes(at=MONDAY, **said) -> CallNotes:
    return CallNotes(at=at, caller="Ann", **said)


def keep(store: Store, customer: int, said: CallNotes, now=MONDAY) -> Talk:
    with store.changing(now) as session:
        return record(session, customer, said, now)


@made_once
def planned(store: Store) -> Store:
    """Calls 1 to 3 of 100 customers; issue 1 of customer 1 is open, issue 2 of the first one drawn is fixed."""
    store.take(people(100))
    store.plan()
    with store.changing() as session:
        raise_issue(session, "Slow site", 1, MONDAY)
        raise_issue(session, "Late invoices", whom(store), MONDAY, words="always late")
        settle_issue(session, 2, IssueState.FIXED, "sent on the 1st now", MONDAY)
    return store


def whom(store: Store, call: int = 1) -> int:
    return store.one("SELECT customer_id FROM call WHERE id = ?", call)


FULL = notes(
    later(hours=1),
    how=How.VISIT,
    answers={"promises": "you do, except the bill", "life": "a new boat"},
    readings={"promises": Reading.MIXED, "ease": Reading.BAD},
    issues=(
        RaisedIssue(title="No parking", words="where do I leave the car?", kind=IssueKind.FAILURE),
        RaisedIssue(id=1, words="for me too"),
    ),
    promises=(MadePromise(what="send the guide", due_on=date(2026, 12, 1)),),
    gold=(
        FoundGold(kind=GoldKind.WISH, words="answer within a day"),
        FoundGold(kind=GoldKind.TRIGGER, words="honesty"),
    ),
    told=(ToldIssue(id=2, reaction="pleased"),),
    remember="the boat",
    stance=Stance.FAN,
    sold=False,
    defended=True,
    again_on=date(2027, 1, 11),
    listeners=("Bo",),
    minutes=17,
)


def test_everything_a_talk_yields_lands_right(planned: Store) -> None:
    who = whom(planned)
    talk = keep(planned, who, FULL, later(hours=2))
    assert planned.rows(
        "SELECT state, held_at, how, minutes, stance, sold, defended, listeners FROM call WHERE id = 1"
    ) == [("held", "2026-11-23 10:00:00.000000", "visit", 17, "fan", 0, 1, "Bo")]
    answers = planned.rows(
        "SELECT q.key, a.words, a.reading, a.private, w.text = (SELECT text FROM wording WHERE question_id = q.id), "
        "a.call_id, a.customer_id FROM answer a JOIN question q ON q.id = a.question_id "
        "JOIN wording w ON w.id = a.wording_id ORDER BY a.id"
    )
    assert answers == [
        ("promises", "you do, except the bill", "mixed", 0, 1, 1, who),
        ("life", "a new boat", None, 1, 1, 1, who),
        ("ease", None, "bad", 0, 1, 1, who),
    ]
    assert planned.rows("SELECT title, kind, state, raisers, waiting FROM issue ORDER BY id") == [
        ("Slow site", "issue", "open", 2, 2), ("Late invoices", "issue", "told", 1, 0),
        ("No parking", "failure", "open", 1, 1),
    ]  # fmt: skip
    assert planned.rows("SELECT issue_id, call_id, words FROM raiser WHERE customer_id = ? ORDER BY issue_id", who) == [
        (1, 1, "for me too"), (2, None, "always late"), (3, 1, "where do I leave the car?"),
    ]  # fmt: skip
    assert planned.rows("SELECT told_by, reaction FROM raiser WHERE issue_id = 2") == [("Ann", "pleased")]
    assert planned.rows("SELECT customer_id, call_id, what, due_on, state, caller FROM promise") == [
        (who, 1, "send the guide", "2026-12-01", "open", "Ann")
    ]
    assert planned.rows("SELECT kind, words, call_id FROM gold ORDER BY id") == [
        ("wish", "answer within a day", 1), ("trigger", "honesty", 1),
    ]  # fmt: skip
    assert planned.rows("SELECT remember, stance, standing, planned FROM customer WHERE id = ?", who) == [
        ("the boat", "fan", "planned", 1)
    ]
    assert planned.rows("SELECT kind, state, week FROM call WHERE customer_id = ? AND id > 3", who) == [
        ("chosen", "planned", "2027-W02")
    ]
    assert planned.one("SELECT count(*) FROM touch") == 0  # a talk is a touch by query, never a second row
    assert [(one.id, one.joined, one.raisers) for one in talk.issues] == [(3, False, 1), (1, True, 2)]
    assert [(one.id, one.waiting, one.reopened) for one in talk.told] == [(2, 0, False)]
    assert (talk.held, talk.wanted, talk.stepped_up) == (1, 3, None)
    assert talk.again is not None
    assert talk.again.kind is CallKind.CHOSEN


def test_told_and_not_fixed_opens_the_issue_again(planned: Store) -> None:
    talk = keep(planned, whom(planned), notes(told=(ToldIssue(id=2, reaction="Not fixed"),)))
    assert (talk.told[0].reopened, talk.told[0].waiting) == (True, 0)
    assert planned.rows("SELECT state, waiting FROM issue WHERE id = 2") == [("open", 1)]


BROKEN = {
    "an unknown question": (notes(answers={"promisses": "x"}), NoSuchQuestion),
    "a reading where there is none": (notes(readings={"life": Reading.BAD}), NoReading),
    "a talk to come": (notes(later(seconds=1)), TalkToCome),
    "an issue that is not there": (notes(answers={"ease": "x"}, issues=(RaisedIssue(id=77),)), NotFound),
    "told of what is not theirs": (
        notes(answers={"ease": "x"}, issues=(RaisedIssue(title="New"),), told=(ToldIssue(id=1),)), NotFound,
    ),
    "told of what is not settled": (
        notes(issues=(RaisedIssue(id=1),), told=(ToldIssue(id=1),), remember="x"), WrongUsage,
    ),
}  # fmt: skip


@pytest.mark.parametrize(("said", "error"), BROKEN.values(), ids=BROKEN.keys())
def test_nothing_is_left_of_notes_that_cannot_be(planned: Store, said: CallNotes, error: type[CareError]) -> None:
    before = planned.dump()
    with pytest.raises(error):
        keep(planned, whom(planned), said)
    assert planned.dump() == before


def test_nobody_answered_steps_a_reserve_up(planned: Store) -> None:
    talk = keep(planned, whom(planned), notes(outcome=Outcome.VOICEMAIL, remember="try in the evening"))
    assert talk.stepped_up is not None
    assert (talk.stepped_up.beside, talk.call.state.value, len(talk.call.attempts)) == (1, "planned", 1)
    assert planned.one("SELECT remember FROM customer WHERE id = ?", whom(planned)) == "try in the evening"


def test_who_asks_for_another_time_gets_it_on_the_same_call(planned: Store) -> None:
    at = later(days=2, hours=5)
    talk = keep(planned, whom(planned), notes(outcome=Outcome.RESCHEDULED, again_on=at.date(), again_at=at))
    assert talk.again is not None
    assert (talk.again.id, talk.again.starts_at) == (1, at)
    assert planned.one("SELECT count(*) FROM call") == 3


def test_a_talk_without_a_plan_is_a_story(planned: Store) -> None:
    [(free,)] = planned.rows("SELECT id FROM customer WHERE planned = 0 LIMIT 1")
    for kind, expected in ((None, "chosen"), (CallKind.VOLUNTEERED, "volunteered"), (CallKind.DRAWN, "chosen")):
        talk = keep(planned, free, notes(kind=kind), MONDAY)
        assert planned.rows("SELECT kind, state, draw_id, rank FROM call WHERE id = ?", talk.call.id) == [
            (expected, "held", None, None)
        ]


def test_another_kind_leaves_the_planned_call(planned: Store) -> None:
    who = whom(planned)
    talk = keep(planned, who, notes(kind=CallKind.VOLUNTEERED))
    assert (talk.call.id > 3, planned.one("SELECT state FROM call WHERE id = 1")) == (True, "planned")
    assert planned.rows("SELECT standing, planned FROM customer WHERE id = ?", who) == [("planned", 1)]


def test_the_brief_says_what_is_worth_knowing(planned: Store) -> None:
    who = whom(planned)
    with planned.changing(later(days=-2)) as session:
        make_promise(session, who, "later", date(2026, 12, 9), "Ann", later(days=-2))
        make_promise(session, who, "call back", date(2026, 11, 20), "Ann", later(days=-2))
    with planned.bare() as connection:
        connection.execute(
            "UPDATE customer SET birth_day = 29, birth_month = 11, remember = 'the boat' WHERE id = ?", (who,)
        )
    with planned.changing() as session:
        record_touch(session, who, Purpose.SELL, None, None, "Ann", MONDAY, MONDAY)
    with planned.reading() as session:
        made = brief(session, who, "Ann", MONDAY)
    assert (made.remember, [one.id for one in made.tell], made.issues) == ("the boat", [2], ())
    assert [(one.what, one.state) for one in made.promises] == [
        ("call back", PromiseState.BROKEN), ("later", PromiseState.OPEN),
    ]  # fmt: skip
    assert (made.touches.total, made.touches.only_sold, made.touches.since) == (1, True, None)
    assert [(one.kind, one.in_days) for one in made.dates] == [("birthday", 6)]
    assert [one.key for one in made.questions][:5] == ["promises", "problems", "ease", "challenges", "life"]
    assert len(made.questions) == 6
    assert "this is Ann from Fjord Books" in made.opening
    assert made.call is not None
    assert made.call.id == 1


def test_the_next_brief_has_what_they_said_last(planned: Store) -> None:
    who = whom(planned)
    keep(planned, who, FULL, later(hours=2))
    keep(
        planned, who, notes(later(days=1), kind=CallKind.VOLUNTEERED, answers={"life": "sold the boat"}), later(days=1)
    )
    with planned.reading() as session:
        made = brief(session, who, "Bo", later(days=2))
        plan = interview(session, who, "Bo", later(days=2))
        story = timeline(session, who)
    assert {one.key: one.words for one in made.said} == {
        "promises": "you do, except the bill", "life": "sold the boat", "ease": None,
    }  # fmt: skip
    assert (made.customer.last_heard_by, made.customer.silent_days, made.customer.stance) == ("Ann", 1, Stance.FAN)
    assert made.touches.total == 0
    assert (plan.new, plan.tell, len(plan.open_issues)) == (False, (), 2)
    assert [one.at for one in story] == sorted((one.at for one in story), reverse=True)
    assert {one.what for one in story} >= {"drawn talk, 17 minutes", "promises", "wish", "raised", "told", "promised"}


def test_an_earlier_call_is_the_one_that_was_made(planned: Store) -> None:
    who = whom(planned)
    with planned.changing() as session:
        assert add_chosen(session, who, None, "Ann", MONDAY) == 1
    assert keep(planned, who, notes()).call.id == 1


def test_a_talk_logged_late_keeps_the_newer_thread(store: Store) -> None:
    store.take(people(1))
    for at, thread in ((MONDAY, "the exam in May"), (MONDAY - timedelta(days=9), "the old boat")):
        with store.changing(later(days=1)) as session:
            record(session, 1, CallNotes(at=at, caller="Ann", remember=thread), later(days=1))
    assert store.one("SELECT remember FROM customer WHERE id = 1") == "the exam in May"


def test_a_promise_that_turned_out_to_be_kept(planned: Store) -> None:
    who = whom(planned)
    with planned.changing() as session:
        made = make_promise(session, who, "send the guide", date(2026, 11, 20), "Ann", MONDAY)
    talk = keep(planned, who, notes(kept=(made,)))
    assert [(one.id, one.state) for one in talk.kept] == [(made, PromiseState.KEPT)]
    assert planned.rows("SELECT state FROM promise WHERE id = ?", made) == [("kept",)]
    with pytest.raises(ValueError, match="kept needs a talk"):
        notes(kept=(made,), outcome=Outcome.BUSY)


def test_whether_a_talk_was_recorded(planned: Store) -> None:
    who, other = whom(planned), whom(planned, 2)
    with planned.reading() as session:
        before = latest_try(session)
        assert not was_reached(session, who, MONDAY, before)
    keep(planned, who, notes(outcome=Outcome.NO_ANSWER))
    with planned.reading() as session:
        assert not was_reached(session, who, MONDAY, before)
    keep(planned, who, notes())
    with planned.reading() as session:
        after = latest_try(session)
        assert was_reached(session, who, MONDAY, before)
        assert not was_reached(session, other, MONDAY, before)
        assert not was_reached(session, who, later(seconds=1), before)
        assert not was_reached(session, who, MONDAY, after)
