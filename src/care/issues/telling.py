"""Where issues meet the store. An issue is told only when each raiser was, one person at a time."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from care.db.tables.customer import customers
from care.errors import WrongUsage
from care.issues.errors import NotARaiser, NotThatState
from care.issues.life import is_not_fixed, state_after_telling
from care.issues.queries import change_issue, change_raiser, live_issue, raiser_row, raisers_of, stance_of
from care.issues.raising import join_issue
from care.touches.follow_ups import settled
from care.words import IssueState, Stance


def settle_issue(session: Session, issue_id: int, state: IssueState, note: str | None, now: datetime) -> None:
    """Marks an open issue as fixed or declined; from here on everyone who raised it has to be told.

    Raises NoSuchIssue or NotThatState.
    """
    row = live_issue(session, issue_id)
    if row.state is not IssueState.OPEN:
        raise NotThatState(issue_id, row.state.value, f"Only an open issue can be {state.value}; reopen it first.")
    change_issue(session, issue_id, {"state": state, "settled_at": now, "note": note})


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

    Raises NoSuchIssue, MergedIssue, NotARaiser or NotThatState.
    """
    row = live_issue(session, issue_id)
    mine = raiser_row(session, issue_id, customer_id)
    if mine is None:
        names = [raiser.name for raiser in raisers_of(session, [issue_id])]
        raise NotARaiser(issue_id, name, names)
    if row.state is IssueState.OPEN:
        raise NotThatState(issue_id, "open", f"Say first what became of it: care issues fix i{issue_id}, or decline.")
    if mine.told_at is not None:
        raise WrongUsage(f"{name} was told of i{issue_id} already, on {mine.told_at:%-d %B %Y}.")
    if stance is not None:
        note_stance(session, customer_id, stance)
    if is_not_fixed(reaction):
        again = {"reaction": reaction, "reopened": mine.reopened + 1, "informed_at": now}
        change_raiser(session, mine.id, again)
        change_issue(session, issue_id, {"state": IssueState.OPEN, "settled_at": None})
        return
    told = {"told_at": now, "told_by": caller, "reaction": reaction, "informed_at": now}
    change_raiser(session, mine.id, told | {"stance_after": stance_of(session, customer_id)})
    count_given(session, customer_id)
    settled(session, customer_id, now, now)
    state = state_after_telling(row.state, live_issue(session, issue_id).waiting)
    if state is not row.state:
        change_issue(session, issue_id, {"state": state, "told_at": now})


def reopen_issue(session: Session, issue_id: int, customer_id: int, now: datetime, words: str | None = None) -> None:
    """Opens a settled or told issue again for a customer for whom it is not solved. Raises as ``join_issue``."""
    row = live_issue(session, issue_id)
    if row.state is IssueState.OPEN:
        raise NotThatState(issue_id, "open", f"Add a customer to it with care issues join i{issue_id} --by WHO.")
    mine = raiser_row(session, issue_id, customer_id)
    join_issue(session, issue_id, customer_id, now, words=words)
    if mine is not None and mine.told_at is None:
        change_raiser(session, mine.id, {"reopened": mine.reopened + 1})
    change_issue(session, issue_id, {"state": IssueState.OPEN, "settled_at": None, "told_at": None})


def note_stance(session: Session, customer_id: int, stance: Stance) -> None:
    """Writes down what a customer is to us now."""
    session.execute(update(customers).where(customers.c.id == customer_id).values(stance=stance))


def names_of(session: Session, customer_ids: Sequence[int]) -> dict[int, str]:
    """The names of these customers, by id; whoever was forgotten is not among them."""
    chosen = select(customers.c.id, customers.c.name).where(customers.c.id.in_(customer_ids))
    return {row.id: row.name for row in session.execute(chosen)}


def count_given(session: Session, customer_id: int) -> None:
    """Counts one more thing given to a customer."""
    mine = customers.c.id == customer_id
    session.execute(update(customers).where(mine).values(gives=customers.c.gives + 1))
