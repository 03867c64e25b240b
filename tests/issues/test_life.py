"""The life of an issue: it is never told while someone who raised it has not been, whatever the order of things."""

from collections.abc import Callable

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from sqlalchemy.orm import Session

from care.errors import NotFound, WrongUsage
from care.issues.errors import NoSuchIssue, NotARaiser, NotThatState, WhichIssue
from care.issues.find import find_issue
from care.issues.life import NEXT, SETTLED, is_not_fixed
from care.issues.listing import issue, list_issues, open_issues
from care.issues.merging import merge_issues
from care.issues.queries import issue_row
from care.issues.raising import join_issue, raise_issue
from care.issues.telling import reopen_issue, settle_issue, tell_raiser
from care.words import IssueKind, IssueState
from stores import MONDAY, Store, later, made_once, new_store, people

CUSTOMERS = st.integers(1, 4)


class Lives(RuleBasedStateMachine):
    """One issue and four customers, beside a model of a few words: who raised it, who was told, what it is."""

    @initialize(first=CUSTOMERS)
    def begin(self, first: int) -> None:
        import tempfile
        from pathlib import Path

        self.folder = tempfile.TemporaryDirectory()
        self.store = new_store(Path(self.folder.name) / "care.db")
        self.store.take(people(4))
        with self.store.changing() as session:
            self.id = raise_issue(session, "Late invoices", first, MONDAY, words="always late")
        self.state = "open"
        self.told: dict[int, bool] = {first: False}

    def seen(self) -> list[tuple]:
        return self.store.rows("SELECT * FROM issue") + self.store.rows("SELECT * FROM raiser")

    def step(self, action, *arguments, **more) -> bool:
        """Whether the action was taken; a refusal must leave everything as it is."""
        before = self.seen()
        try:
            with self.store.changing() as session:
                action(session, self.id, *arguments, **more)
        except (WrongUsage, NotFound):
            assert self.seen() == before
            return False
        return True

    @rule(who=CUSTOMERS)
    def join(self, who: int) -> None:
        assert self.step(join_issue, who, MONDAY, words="me too")
        if self.told.get(who) or self.state == "told":
            self.state = "open"
        self.told[who] = False

    @rule(state=st.sampled_from([IssueState.FIXED, IssueState.DECLINED]))
    def settle(self, state: IssueState) -> None:
        assert self.step(settle_issue, state, None, MONDAY) is (self.state == "open")
        if self.state == "open":
            self.state = state.value

    @rule(who=CUSTOMERS, reaction=st.sampled_from([None, "pleased", "not fixed", "Not Fixed"]))
    def tell(self, who: int, reaction: str | None) -> None:
        possible = who in self.told and not self.told[who] and self.state != "open"
        assert self.step(tell_raiser, who, "Someone", reaction, "Ann", MONDAY) is possible
        if possible and reaction and reaction.lower() == "not fixed":
            self.state = "open"
        elif possible:
            self.told[who] = True
            if all(self.told.values()):
                self.state = "told"

    @rule(who=CUSTOMERS)
    def reopen(self, who: int) -> None:
        possible = self.state != "open"
        assert self.step(reopen_issue, who, MONDAY, "again") is possible
        if possible:
            self.state = "open"
            self.told[who] = False

    @precondition(lambda self: hasattr(self, "store"))
    @invariant()
    def as_in_the_model(self) -> None:
        [(state, raisers, waiting, settled)] = self.store.rows(
            "SELECT state, raisers, waiting, settled_at IS NOT NULL FROM issue"
        )
        untold = self.store.one("SELECT count(*) FROM raiser WHERE told_at IS NULL")
        assert (state, raisers, waiting) == (self.state, len(self.told), untold)
        assert untold == list(self.told.values()).count(False)
        assert (state == "told") is (untold == 0)
        assert bool(settled) is (state != "open")
        with self.store.reading() as session:
            record = issue(session, self.id, MONDAY)
            listed = list_issues(session, MONDAY).issues
            waits = [one for one in listed if one.state in SETTLED]
        assert {one.id for one in record.raised_by if one.told} == {who for who, told in self.told.items() if told}
        assert bool(listed) is (state != "told")
        assert bool(waits) is (state in ("fixed", "declined"))

    def teardown(self) -> None:
        if hasattr(self, "store"):
            self.store.close()
            self.folder.cleanup()


TestLives = Lives.TestCase
TestLives.settings = settings(max_examples=4, stateful_step_count=20)


@pytest.mark.slow
class TestManyLives(Lives.TestCase):
    """The same, and more of them."""

    settings = settings(max_examples=12, stateful_step_count=20)


@pytest.mark.parametrize("said", ["not fixed", "NOT  FIXED", "not-fixed", "no", "n", "still broken"])
def test_what_means_that_it_is_not_fixed(said: str) -> None:
    assert is_not_fixed(said)


@pytest.mark.parametrize("said", [None, "", "pleased", "not bad", "nice", "fixed", "now it works"])
def test_what_does_not(said: str | None) -> None:
    assert not is_not_fixed(said)


@made_once
def raised(store: Store) -> Store:
    """Issue 1 of customer 1, issue 2 of customers 2 and 3."""
    store.take(people(3))
    with store.changing() as session:
        raise_issue(session, "Late invoices", 1, MONDAY, words="always late", kind=IssueKind.FAILURE)
        raise_issue(session, "Invoices in English", 2, later(days=1))
        join_issue(session, 2, 3, later(days=2), words="me too")
    return store


Step = Callable[[Session], None]

STEPS: dict[str, Step] = {
    "fix": lambda session: settle_issue(session, 1, IssueState.FIXED, "done", MONDAY),
    "decline": lambda session: settle_issue(session, 1, IssueState.DECLINED, "no", MONDAY),
    "tell": lambda session: tell_raiser(session, 1, 1, "Person", "pleased", "Ann", MONDAY),
    "not fixed": lambda session: tell_raiser(session, 1, 1, "Person", "not fixed", "Ann", MONDAY),
    "raise": lambda session: join_issue(session, 1, 1, MONDAY),
    "join": lambda session: join_issue(session, 1, 2, MONDAY),
    "reopen": lambda session: reopen_issue(session, 1, 1, MONDAY),
    "take in": lambda session: merge_issues(session, 2, 1),
}
"""What is done with issue 1 of customer 1. Issue 2 is open, and of customer 2."""

OPEN, FIXED, DECLINED, TOLD = "open", "fixed", "declined", "told"

LIFE = {
    OPEN: {"fix": FIXED, "decline": DECLINED, "tell": None, "not fixed": None, "raise": OPEN, "join": OPEN,
           "reopen": None, "take in": OPEN},
    FIXED: {"fix": None, "decline": None, "tell": TOLD, "not fixed": OPEN, "raise": FIXED, "join": FIXED,
            "reopen": OPEN, "take in": FIXED},
    DECLINED: {"fix": None, "decline": None, "tell": TOLD, "not fixed": OPEN, "raise": DECLINED, "join": DECLINED,
               "reopen": OPEN, "take in": DECLINED},
    TOLD: {"fix": None, "decline": None, "tell": None, "not fixed": None, "raise": OPEN, "join": OPEN,
           "reopen": OPEN, "take in": OPEN},
}  # fmt: skip
"""The state after each step in each state; None where the step is refused."""

WAY = {OPEN: (), FIXED: ("fix",), DECLINED: ("decline",), TOLD: ("fix", "tell")}


@pytest.mark.parametrize("state", LIFE)
def test_every_step_in_every_state_leads_where_the_table_says(store: Store, state: str) -> None:
    store.take(people(2))
    with store.changing() as session:
        raise_issue(session, "Late invoices", 1, MONDAY)
        raise_issue(session, "Invoices come late", 2, MONDAY)
        for name in WAY[state]:
            STEPS[name](session)
        session.flush()
        for name, after in LIFE[state].items():
            savepoint = session.begin_nested()
            if after is None:
                with pytest.raises((NotThatState, WrongUsage)):
                    STEPS[name](session)
            else:
                STEPS[name](session)
            row = issue_row(session, 1)
            assert row is not None
            assert row.state == (after or state), name
            assert (row.settled_at is None, row.told_at is None) == (row.state == OPEN, row.state != TOLD), name
            savepoint.rollback()


def test_the_table_of_states_holds_what_the_steps_do_and_nothing_else() -> None:
    walked = {state: {after for after in steps.values() if after not in (None, state)} for state, steps in LIFE.items()}
    assert {state.value: {one.value for one in after} for state, after in NEXT.items()} == walked
    assert set(NEXT) == set(IssueState)
    assert {state.value for state in SETTLED} == {FIXED, DECLINED}


def test_an_issue_is_shown_with_everyone_who_raised_it(raised: Store) -> None:
    with raised.reading() as session:
        first, second = open_issues(session, later(days=10), later(hours=12), None).issues
    assert (first.id, first.kind, first.age_days, first.new, first.waiting) == (1, IssueKind.FAILURE, 10, False, 0)
    assert (second.age_days, second.new, [one.words for one in second.raised_by]) == (
        9, True, ["Invoices in English", "me too"],
    )  # fmt: skip


def test_a_settled_issue_says_how_long_who_waits(raised: Store) -> None:
    with raised.changing(later(days=3)) as session:
        settle_issue(session, 2, IssueState.DECLINED, "too few want it", later(days=3))
    with raised.reading() as session:
        [record] = [one for one in list_issues(session, later(days=8)).issues if one.state in SETTLED]
    assert (record.id, record.waiting, record.settled_days, record.note) == (2, 2, 5, "too few want it")


def test_what_someone_said_when_told_is_kept_and_counted(raised: Store) -> None:
    with raised.changing(later(days=3)) as session:
        settle_issue(session, 1, IssueState.FIXED, None, later(days=3))
        tell_raiser(session, 1, 1, "Person", "Not fixed", "Bo", later(days=4))
        settle_issue(session, 1, IssueState.FIXED, None, later(days=5))
        tell_raiser(session, 1, 1, "Person", "pleased", "Bo", later(days=6))
        join_issue(session, 1, 1, later(days=7))
    assert raised.rows("SELECT told_at, told_by, reaction, reopened, words FROM raiser WHERE issue_id = 1") == [
        (None, "Bo", "pleased", 2, "always late")
    ]
    assert raised.rows("SELECT state, told_at, settled_at FROM issue WHERE id = 1") == [("open", None, None)]


def test_whoever_was_told_and_raises_it_again_opens_it_while_others_still_wait(raised: Store) -> None:
    with raised.changing(later(days=3)) as session:
        settle_issue(session, 2, IssueState.FIXED, None, later(days=3))
        tell_raiser(session, 2, 2, "Person", None, "Bo", later(days=4))
        join_issue(session, 2, 3, later(days=5))  # who waits to hear of it says nothing new
        assert issue(session, 2, later(days=5)).state is IssueState.FIXED
        join_issue(session, 2, 2, later(days=6))
        assert issue(session, 2, later(days=6)).state is IssueState.OPEN
    assert raised.rows("SELECT told_at, reopened FROM raiser WHERE issue_id = 2") == [(None, 1), (None, 0)]


def test_issues_are_found_by_number_and_words(raised: Store) -> None:
    with raised.reading() as session:
        assert [find_issue(session, said) for said in ("i1", "2", "I2", " late ", "ENGLISH")] == [1, 2, 2, 1, 2]
        with pytest.raises(WhichIssue, match="i1 Late invoices; i2 Invoices in English"):
            find_issue(session, "invoices")
        for nothing in ("i9", "zzz", "", "i" + "9" * 30, "i"):
            with pytest.raises((NoSuchIssue, WhichIssue)):
                find_issue(session, nothing)


def test_what_cannot_be_is_said(raised: Store) -> None:
    with raised.changing() as session:
        with pytest.raises(WrongUsage, match="few words"):
            raise_issue(session, "  ", 1, MONDAY)
        with pytest.raises(NotARaiser, match="Its raisers: Person 0002, Person 0003"):
            tell_raiser(session, 2, 1, "Person 0001", None, "Ann", MONDAY)
        with pytest.raises(NotThatState, match="Say first what became of it"):
            tell_raiser(session, 2, 2, "Person 0002", None, "Ann", MONDAY)
        with pytest.raises(NoSuchIssue):
            join_issue(session, 9, 1, MONDAY)
