"""Where issues meet the store. An issue is told only when each raiser was, one person at a time."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from care.calls.staying.actions import settled
from care.errors import WrongUsage
from care.issues.errors import MergedIssue, NoSuchIssue, NotARaiser, NotThatState, WhichIssue
from care.issues.life import SETTLED, is_not_fixed, state_after_raising, state_after_telling
from care.issues.nearness import Near
from care.issues.nearness import near_issues as nearest
from care.issues.records import IssueRecord, RaiserRecord
from care.store import issues as store
from care.store.settings import policy
from care.store.touches import count_given
from care.text import fold
from care.times.zones import local_date
from care.words import IssueKind, IssueState, Stance


def find_issue(session: Session, said: str) -> int:
    """The id of the issue that ``i7``, ``7`` or part of the title of an unfinished one means.

    Raises NoSuchIssue or WhichIssue.
    """
    digits = said.strip().lower().removeprefix("i")
    if digits.isascii() and digits.isdigit():
        if len(digits) > 18 or store.issue_row(session, int(digits)) is None:
            raise NoSuchIssue(said)
        return int(digits)
    hits = [row for row in store.titles(session) if fold(said) in fold(row.title)] if fold(said) else []
    if not hits:
        raise NoSuchIssue(said)
    if len(hits) > 1:
        raise WhichIssue(said, [f"i{row.id} {row.title}" for row in hits[:9]])
    return int(hits[0].id)


def near_issues(session: Session, text: str) -> list[Near]:
    """The unfinished issues that share words with a new one and may be the same, the nearest first."""
    return nearest(text, [(row.id, row.title) for row in store.titles(session)])


def raise_issue(
    session: Session,
    title: str,
    customer_id: int,
    now: datetime,
    *,
    words: str | None = None,
    kind: IssueKind = IssueKind.ISSUE,
    call_id: int | None = None,
) -> int:
    """The id of a new issue with its first raiser."""
    if not title.strip():
        raise WrongUsage("an issue needs a few words to be known by. Say what is wrong.")
    values = {"title": title, "kind": kind, "state": IssueState.OPEN, "blocking": False, "opened_at": now}
    issue_id = store.add_issue(session, values | {"raisers": 0, "waiting": 0})
    _add_raiser(session, issue_id, customer_id, words or title, call_id, now)
    return issue_id


def join_issue(
    session: Session,
    issue_id: int,
    customer_id: int,
    now: datetime,
    *,
    words: str | None = None,
    call_id: int | None = None,
) -> None:
    """Makes a customer one more raiser; someone who raised it before and was told raises it again.

    Raises NoSuchIssue.
    """
    row = live_issue(session, issue_id)
    mine = store.raiser_row(session, issue_id, customer_id)
    if mine is None:
        _add_raiser(session, issue_id, customer_id, words, call_id, now)
    else:
        again = {"told_at": None, "words": words or mine.words, "reopened": mine.reopened + (mine.told_at is not None)}
        store.change_raiser(session, mine.id, again | {"informed_at": now, "stance_after": None})
    state = state_after_raising(row.state, was_told=mine is not None and mine.told_at is not None)
    if state is not row.state:
        store.change_issue(session, issue_id, {"state": state, "settled_at": None, "told_at": None})


def _add_raiser(
    session: Session, issue_id: int, customer_id: int, words: str | None, call_id: int | None, now: datetime
) -> None:
    values = {"issue_id": issue_id, "customer_id": customer_id, "call_id": call_id, "words": words, "raised_at": now}
    store.add_raiser(session, values | {"reopened": 0, "stance_before": store.stance_of(session, customer_id)})


def settle_issue(session: Session, issue_id: int, state: IssueState, note: str | None, now: datetime) -> None:
    """Marks an open issue as fixed or declined; from here on everyone who raised it has to be told.

    Raises NoSuchIssue or NotThatState.
    """
    row = live_issue(session, issue_id)
    if row.state is not IssueState.OPEN:
        raise NotThatState(issue_id, row.state.value, f"Only an open issue can be {state.value}; reopen it first.")
    store.change_issue(session, issue_id, {"state": state, "settled_at": now, "note": note})


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
    mine = store.raiser_row(session, issue_id, customer_id)
    if mine is None:
        names = [raiser.name for raiser in store.raisers_of(session, [issue_id])]
        raise NotARaiser(issue_id, name, names)
    if row.state is IssueState.OPEN:
        raise NotThatState(issue_id, "open", f"Say first what became of it: care issues fix i{issue_id}, or decline.")
    if mine.told_at is not None:
        raise WrongUsage(f"{name} was told of i{issue_id} already, on {mine.told_at:%-d %B %Y}.")
    if stance is not None:
        store.note_stance(session, customer_id, stance)
    if is_not_fixed(reaction):
        again = {"reaction": reaction, "reopened": mine.reopened + 1, "informed_at": now}
        store.change_raiser(session, mine.id, again)
        store.change_issue(session, issue_id, {"state": IssueState.OPEN, "settled_at": None})
        return
    told = {"told_at": now, "told_by": caller, "reaction": reaction, "informed_at": now}
    store.change_raiser(session, mine.id, told | {"stance_after": store.stance_of(session, customer_id)})
    count_given(session, customer_id)
    settled(session, customer_id, now, now)
    state = state_after_telling(row.state, live_issue(session, issue_id).waiting)
    if state is not row.state:
        store.change_issue(session, issue_id, {"state": state, "told_at": now})


def reopen_issue(session: Session, issue_id: int, customer_id: int, now: datetime, words: str | None = None) -> None:
    """Opens a settled or told issue again for a customer for whom it is not solved. Raises as ``join_issue``."""
    row = live_issue(session, issue_id)
    if row.state is IssueState.OPEN:
        raise NotThatState(issue_id, "open", f"Add a customer to it with care issues join i{issue_id} --by WHO.")
    mine = store.raiser_row(session, issue_id, customer_id)
    join_issue(session, issue_id, customer_id, now, words=words)
    if mine is not None and mine.told_at is None:
        store.change_raiser(session, mine.id, {"reopened": mine.reopened + 1})
    store.change_issue(session, issue_id, {"state": IssueState.OPEN, "settled_at": None, "told_at": None})


def issue(session: Session, issue_id: int, now: datetime) -> IssueRecord:
    """One issue with its raisers. Raises NoSuchIssue."""
    row = store.issue_row(session, issue_id)
    if row is None:
        raise NoSuchIssue(f"i{issue_id}")
    return issue_records(session, [row], now)[0]


def untold_issues(session: Session, now: datetime, since: datetime | None = None) -> tuple[IssueRecord, ...]:
    """Issues of which someone has still to be told, oldest first; those opened after ``since`` are marked new."""
    return issue_records(session, store.untold_issues(session), now, since)


def all_issues(session: Session, now: datetime, limit: int | None) -> tuple[IssueRecord, ...]:
    """Every issue there ever was, the newest first."""
    return issue_records(session, store.all_issues(session, limit), now)


def issue_records(
    session: Session, rows: Sequence[Any], now: datetime, since: datetime | None = None
) -> tuple[IssueRecord, ...]:
    """Issues with their raisers, in the order of the rows."""
    settings = policy(session)
    zone, today = settings.timezone, local_date(now, settings.timezone)
    raisers: dict[int, list[RaiserRecord]] = {}
    for row in store.raisers_of(session, [row.id for row in rows]):
        raisers.setdefault(row.issue_id, []).append(_raiser(row, zone, today))
    recover = timedelta(days=settings.recover_days)
    return tuple(_record(row, raisers.get(row.id, ()), today, zone, since, recover) for row in rows)


def live_issue(session: Session, issue_id: int) -> Any:
    """The row of an issue that can be changed. Raises NoSuchIssue, or MergedIssue for one that is part of another."""
    row = store.issue_row(session, issue_id)
    if row is None:
        raise NoSuchIssue(f"i{issue_id}")
    if row.merged_into is not None:
        raise MergedIssue(issue_id, part_of(session, issue_id))
    return row


def part_of(session: Session, issue_id: int) -> int:
    """The issue that this one is part of now, after however many merges; itself where it was never merged."""
    row = store.issue_row(session, issue_id)
    while row is not None and row.merged_into is not None:
        issue_id, row = row.merged_into, store.issue_row(session, row.merged_into)
    return issue_id


def _raiser(row: Any, zone: str, today: date) -> RaiserRecord:
    word_on = local_date(row.informed_at or row.raised_at, zone)
    return RaiserRecord(
        id=row.customer_id,
        name=row.name,
        told=row.told_at is not None,
        company=row.company,
        phone=row.phone,
        words=row.words,
        raised_on=local_date(row.raised_at, zone),
        told_on=local_date(row.told_at, zone) if row.told_at else None,
        reaction=row.reaction,
        reopened=row.reopened,
        informed_on=local_date(row.informed_at, zone) if row.informed_at else None,
        word_days=None if row.told_at else (today - word_on).days,
        stance_before=row.stance_before,
        stance_after=row.stance_after,
    )


def _record(
    row: Any, raisers: Iterable[RaiserRecord], today: date, zone: str, since: datetime | None, recover: timedelta
) -> IssueRecord:
    opened_on = local_date(row.opened_at, zone)
    settled_on = local_date(row.settled_at, zone) if row.settled_at else None
    return IssueRecord(
        id=row.id,
        title=row.title,
        state=row.state,
        kind=row.kind,
        age_days=(today - opened_on).days,
        owner=row.owner,
        raised_by=tuple(raisers),
        opened_on=opened_on,
        opened_at=row.opened_at,
        settled_on=settled_on,
        settled_days=(today - settled_on).days if settled_on else None,
        waiting=row.waiting if row.state in SETTLED else 0,
        note=row.note,
        new=since is not None and row.opened_at >= since,
        blocking=row.blocking,
        feeling=row.feeling,
        recover_by=opened_on + recover if row.kind is IssueKind.FAILURE else None,
        merged_into=row.merged_into,
    )
