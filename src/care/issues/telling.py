"""Settling an issue, and telling those who raised it. It is told only when each of them was, one at a time."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from care.db.tables.customer import customers
from care.errors import WrongUsage
from care.issues.errors import NotARaiser, NotThatState
from care.issues.find import live_issue
from care.issues.life import NEXT, UNSETTLED, state_after_telling
from care.issues.queries import change_raiser, enter_state, raiser_row, raisers_of, stance_of
from care.issues.raising import join_issue
from care.touches.follow_ups import settle_follow_ups
from care.words import IssueState, Stance


def settle_issue(session: Session, issue_id: int, state: IssueState, note: str | None, now: datetime) -> None:
    """Marks an open issue as fixed or declined; from here on everyone who raised it has to be told.

    Raises NoSuchIssue, MergedIssue or NotThatState.
    """
    issue = live_issue(session, issue_id)
    if state not in NEXT[issue.state]:
        raise NotThatState(issue_id, issue.state.value, f"Only an open issue can be {state.value}; reopen it first.")
    enter_state(session, issue_id, state, now, note=note)


def tell_raiser(
    session: Session,
    issue_id: int,
    customer_id: int,
    name: str,
    reaction: str | None,
    caller: str,
    now: datetime,
    *,
    stance: Stance | None = None,
) -> None:
    """Records that a raiser was told, and what they are to us now. Who says "not fixed" reopens the issue; the last
    one told ends it.

    Raises NoSuchIssue, MergedIssue, NotARaiser or NotThatState, or WrongUsage for someone who was told already.
    """
    issue = live_issue(session, issue_id)
    raiser = raiser_row(session, issue_id, customer_id)
    if raiser is None:
        raise NotARaiser(issue_id, name, [row.name for row in raisers_of(session, [issue_id])])
    if issue.state in UNSETTLED:
        raise NotThatState(issue_id, "open", f"Say first what became of it: care issues fix i{issue_id}, or decline.")
    if raiser.told_at is not None:
        raise WrongUsage(f"{name} was told of i{issue_id} already, on {raiser.told_at:%-d %B %Y}.")
    if stance is not None:
        note_stance(session, customer_id, stance)
    if state_after_telling(issue.state, reaction, issue.waiting) is IssueState.OPEN:
        again = {"reaction": reaction, "reopened": raiser.reopened + 1, "informed_at": now}
        change_raiser(session, raiser.id, again)
        enter_state(session, issue_id, IssueState.OPEN)
        return
    told = {"told_at": now, "told_by": caller, "reaction": reaction, "informed_at": now}
    change_raiser(session, raiser.id, told | {"stance_after": stance_of(session, customer_id)})
    count_given(session, customer_id)
    settle_follow_ups(session, customer_id, now, now)
    state = state_after_telling(issue.state, reaction, live_issue(session, issue_id).waiting)
    if state is not issue.state:
        enter_state(session, issue_id, state, now)


def tell_where_it_stands(session: Session, issue_id: int, customer_id: int, name: str, now: datetime) -> None:
    """Records that a raiser was told where an open issue stands.

    Raises NoSuchIssue, MergedIssue, or WrongUsage where there is something to tell instead, or nothing.
    """
    issue = live_issue(session, issue_id)
    raiser = raiser_row(session, issue_id, customer_id)
    if raiser is None:
        raise WrongUsage(f"{name} did not raise i{issue_id}. care issues show i{issue_id} names who did.")
    if raiser.told_at is not None:
        raise WrongUsage(f"{name} was told of i{issue_id} already, on {raiser.told_at:%-d %B %Y}.")
    if issue.state not in UNSETTLED:
        command = f"care issues tell i{issue_id} {customer_id} --reaction TEXT"
        raise WrongUsage(f"i{issue_id} is {issue.state.value}, and {name} has to be told that: {command}.")
    change_raiser(session, raiser.id, {"informed_at": now})


def reopen_issue(session: Session, issue_id: int, customer_id: int, now: datetime, words: str | None = None) -> None:
    """Opens a settled or told issue again for a customer for whom it is not solved.

    Raises NoSuchIssue, MergedIssue or NotThatState.
    """
    issue = live_issue(session, issue_id)
    if IssueState.OPEN not in NEXT[issue.state]:
        raise NotThatState(issue_id, "open", f"Add a customer to it with care issues join i{issue_id} --by WHO.")
    raiser = raiser_row(session, issue_id, customer_id)
    join_issue(session, issue_id, customer_id, now, words=words)
    if raiser is not None and raiser.told_at is None:
        change_raiser(session, raiser.id, {"reopened": raiser.reopened + 1})
    enter_state(session, issue_id, IssueState.OPEN)


def note_stance(session: Session, customer_id: int, stance: Stance) -> None:
    """Writes down what a customer is to us now."""
    session.execute(update(customers).where(customers.c.id == customer_id).values(stance=stance))


def count_given(session: Session, customer_id: int) -> None:
    """Counts one more thing given to a customer."""
    given = customers.c.gives + 1
    session.execute(update(customers).where(customers.c.id == customer_id).values(gives=given))


def names_of(session: Session, customer_ids: Sequence[int]) -> dict[int, str]:
    """The names of these customers, by id; whoever was forgotten is not among them."""
    chosen = select(customers.c.id, customers.c.name).where(customers.c.id.in_(customer_ids))
    return {row.id: row.name for row in session.execute(chosen)}
