"""No path leads to ``told`` while a raiser has not been told, whatever is merged, forgotten, reopened or taken back."""

import tempfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from care.errors import CareError
from care.history.undo import undo_last
from care.issues.merging import merge_issues
from care.issues.raising import join_issue, raise_issue
from care.issues.telling import reopen_issue, settle_issue, tell_raiser
from care.person.forget import forget
from care.person.merge import merge_customers
from care.words import IssueState
from stores import Store, later, new_store, people

ISSUES, CUSTOMERS = st.integers(1, 3), st.integers(1, 4)


class Paths(RuleBasedStateMachine):
    """Three issues and four customers, on whom everything is tried that a command could do."""

    @initialize()
    def begin(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.store: Store = new_store(Path(self.folder.name) / "care.db")
        self.store.take(people(4))
        self.hours = 0
        with self.store.changing() as session:
            for who in (1, 2, 3):
                raise_issue(session, f"Trouble {who}", who, later(hours=0))

    def step(self, action, *arguments) -> None:
        self.hours += 1
        now = later(hours=self.hours)
        with self.store.changing(now) as session:
            action(session, *(now if one is NOW else one for one in arguments))

    def tried(self, action, *arguments) -> None:
        """A step that may be refused, as a command may."""
        with suppress(CareError):
            self.step(action, *arguments)

    @rule(issue=ISSUES, who=CUSTOMERS)
    def join(self, issue: int, who: int) -> None:
        if self.store.one("SELECT count(*) FROM customer WHERE id = ? AND merged_into IS NULL", who):
            self.tried(join_issue, issue, who, NOW)

    @rule(issue=ISSUES, state=st.sampled_from([IssueState.FIXED, IssueState.DECLINED]))
    def settle(self, issue: int, state: IssueState) -> None:
        self.tried(settle_issue, issue, state, "done", NOW)

    @rule(issue=ISSUES, who=CUSTOMERS, said=st.sampled_from([None, "pleased", "not fixed"]))
    def tell(self, issue: int, who: int, said: str | None) -> None:
        self.tried(tell_raiser, issue, who, "Someone", said, "Ann", NOW)

    @rule(issue=ISSUES, who=CUSTOMERS)
    def reopen(self, issue: int, who: int) -> None:
        if self.store.one("SELECT count(*) FROM customer WHERE id = ? AND merged_into IS NULL", who):
            self.tried(reopen_issue, issue, who, NOW)

    @rule(gone=ISSUES, kept=ISSUES)
    def merge_two_issues(self, gone: int, kept: int) -> None:
        self.tried(merge_issues, gone, kept)

    @rule(gone=CUSTOMERS, kept=CUSTOMERS)
    def merge_two_customers(self, gone: int, kept: int) -> None:
        both = self.store.one("SELECT count(*) FROM customer WHERE id IN (?, ?) AND merged_into IS NULL", gone, kept)
        if both == 2:
            self.tried(merge_customers, gone, kept, NOW)

    @precondition(lambda self: self.store.one("SELECT count(*) FROM customer WHERE merged_into IS NULL") > 2)
    @rule(who=CUSTOMERS)
    def forget_somebody(self, who: int) -> None:
        if self.store.one("SELECT count(*) FROM customer WHERE id = ? AND merged_into IS NULL", who):
            self.tried(forget, who, NOW)

    @rule()
    def take_the_last_step_back(self) -> None:
        self.tried(undo_last, NOW)

    @invariant()
    def told_is_when_everyone_was(self) -> None:
        if not hasattr(self, "store"):
            return
        live = "SELECT id, state, raisers, waiting FROM issue WHERE merged_into IS NULL"
        for number, state, raisers, waiting in self.store.rows(live):
            counted = "SELECT count(*), coalesce(sum(told_at IS NULL), 0) FROM raiser WHERE issue_id = ?"
            assert self.store.rows(counted, number) == [(raisers, waiting)], number
            assert raisers > 0, number
            if state != "open":
                assert (state == "told") is (waiting == 0), (number, state, waiting)
        parts = "SELECT count(*) FROM raiser JOIN issue ON issue.id = issue_id WHERE merged_into IS NOT NULL"
        assert self.store.one(parts) == 0

    def teardown(self) -> None:
        if hasattr(self, "store"):
            self.store.close()
            self.folder.cleanup()


NOW = object()
"""The moment of the step."""

TestPaths = Paths.TestCase
TestPaths.settings = settings(max_examples=5, stateful_step_count=25)


@pytest.mark.slow
class TestManyPaths(Paths.TestCase):
    """The same, and more of them."""

    settings = settings(max_examples=15, stateful_step_count=25)
