"""Where the closing of the loop meets the store."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from care.db import full_text
from care.db.settings import policy
from care.db.tables.customer import companies, customers
from care.db.tables.issue import IS_SETTLED, issues, raisers
from care.history.images import images_of_rows, rows_changed_since
from care.issues.telling import names_of
from care.owed.owed import COUNTED
from care.reports.anonymise import pairs, without_names
from care.reports.period import Period
from care.settings import Policy
from care.times.zones import local_date
from care.words import IssueKind, IssueState, Stance

_ENDS = (IssueState.FIXED.value, IssueState.DECLINED.value)


_MANY = 20
"""So many customers of one name are looked at; more of them have that name all the same."""


@dataclass(frozen=True, slots=True)
class Telling:
    """How well the loop was closed in a time.

    ``told`` customers were told in it, and ``waiting`` have still to be, counted up to a thousand. ``days_to_fix`` is
    the median of days from what they said until it was settled, ``days_to_tell`` from there until they were told;
    both None where nobody was. ``not_so`` of those told had said that it was not fixed. ``recovered`` were told of a
    failure of ours, of whom ``made_fans`` were none before.
    """

    told: int
    waiting: int
    days_to_fix: float | None
    days_to_tell: float | None
    not_so: int
    recovered: int
    made_fans: int


def telling(session: Session, period: Period) -> Telling:
    """How well the loop was closed in that time."""
    zone = policy(session).timezone
    rows = told_between(session, period.start, period.end)
    settled = [row for row in rows if row.settled_at is not None and row.settled_at <= row.told_at]
    failures = [row for row in rows if row.kind is IssueKind.FAILURE]
    made = [row for row in failures if row.stance_after is Stance.FAN and row.stance_before is not Stance.FAN]
    days_to_fix = [(local_date(row.settled_at, zone) - local_date(row.raised_at, zone)).days for row in settled]
    days_to_tell = [(local_date(row.told_at, zone) - local_date(row.settled_at, zone)).days for row in settled]
    return Telling(
        told=len(rows),
        waiting=count_still_to_tell(session, COUNTED),
        days_to_fix=median(days_to_fix),
        days_to_tell=median(days_to_tell),
        not_so=sum(row.reopened > 0 for row in rows),
        recovered=len(failures),
        made_fans=len(made),
    )


@dataclass(frozen=True, slots=True)
class YouSaid:
    """One issue that is told: what was said, by how many customers, what became of it, and when they all knew."""

    said: str
    customers: int
    became: IssueState
    did: str | None
    told_on: date


@dataclass(frozen=True, slots=True)
class YouSaidWeDid:
    """What customers said and what we did, without a name; only what everyone who said it has been told of."""

    issues: tuple[YouSaid, ...]
    customers: int


def you_said(session: Session, period: Period) -> YouSaidWeDid:
    """What was said and done of every issue whose last raiser was told in that time, the latest first."""
    settings = policy(session)
    ended: dict[int, Any] = {}
    for row in told_between(session, period.start, period.end):
        if row.state is IssueState.TOLD and row.ended_at is not None and period.start <= row.ended_at < period.end:
            ended[row.issue_id] = row
    became = _became(session, list(ended))
    raised = raisers_of(session, list(ended))
    found = []
    for issue_id, row in ended.items():
        who = raised.get(issue_id, [])
        said, did = (_nameless(session, words, who, settings) for words in (row.title, row.note))
        on = local_date(row.ended_at, settings.timezone)
        found.append(YouSaid(said or "", len(who), became[issue_id], did, on))
    found.sort(key=lambda one: (-one.told_on.toordinal(), one.said))
    return YouSaidWeDid(tuple(found), sum(one.customers for one in found))


def _nameless(session: Session, words: str | None, raisers: Sequence[Any], settings: Policy) -> str | None:
    if words is None:
        return None
    ids = {one for pair in pairs(words) for one in full_text.ids_with_words(session, pair, _MANY)}
    whole = list(names_of(session, list(ids)).values())
    whole += [row.company for row in raisers if row.company]
    return without_names(words, whole, [*(row.name for row in raisers), *settings.team])


def median(numbers: Sequence[int]) -> float | None:
    """The middle one, or halfway between the two in the middle; None of none."""
    if not numbers:
        return None
    ordered, middle = sorted(numbers), len(numbers) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


IMPORT = "customers import"


def told_between(session: Session, since: datetime, until: datetime) -> Sequence[Any]:
    """Raisers who were told from ``since`` until before ``until``, beside their issue, in the order they were told.

    They are found by what was done since, not among all that was ever told: no telling is recorded before it happens.
    """
    ids = rows_changed_since(session, "raiser", since, without=IMPORT)
    beside = raisers.join(issues, issues.c.id == raisers.c.issue_id)
    chosen = select(
        raisers, issues.c.title, issues.c.kind, issues.c.state, issues.c.settled_at, issues.c.note,
        issues.c.told_at.label("ended_at"),
    )  # fmt: skip
    within = (raisers.c.told_at >= since) & (raisers.c.told_at < until)
    found: list[Any] = []
    for first in range(0, len(ids), 500):
        some = raisers.c.id.in_(ids[first : first + 500])
        found += session.execute(chosen.select_from(beside).where(some, within)).all()
    return sorted(found, key=lambda row: (row.told_at, row.id))


def _became(session: Session, issue_ids: Sequence[int]) -> dict[int, IssueState]:
    """What these issues were before everyone was told: fixed, unless the journal says that one was declined."""
    became = dict.fromkeys(issue_ids, IssueState.FIXED)
    for image in images_of_rows(session, "issue", issue_ids):
        state = (image.before or {}).get("state")
        if state in _ENDS:
            became[int(image.row_id)] = IssueState(state)
    return became


def count_still_to_tell(session: Session, most: int) -> int:
    """How many raisers of settled issues were not told; counted as far as ``most`` issues and no further."""
    few = select(issues.c.waiting).where(IS_SETTLED).order_by(issues.c.settled_at).limit(most).subquery()
    return int(session.execute(select(func.coalesce(func.sum(few.c.waiting), 0))).scalar_one())


def raisers_of(session: Session, issue_ids: Sequence[int]) -> dict[int, list[Any]]:
    """For each of these issues everyone who raised it: name and company."""
    beside = raisers.join(customers, customers.c.id == raisers.c.customer_id)
    beside = beside.outerjoin(companies, companies.c.id == customers.c.company_id)
    chosen = select(raisers.c.issue_id, customers.c.name, companies.c.name.label("company")).select_from(beside)
    found: dict[int, list[Any]] = {}
    for row in session.execute(chosen.where(raisers.c.issue_id.in_(issue_ids))):
        found.setdefault(row.issue_id, []).append(row)
    return found
