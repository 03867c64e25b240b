"""The section that may be published: you said, we did."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from care.db import full_text
from care.db.fetch import fetch
from care.db.settings import policy
from care.db.tables.customer import companies, customers
from care.db.tables.issue import raisers
from care.history.images import images_of_rows
from care.issues.telling import names_of
from care.reports.anonymise import pairs, without_names
from care.reports.blocks import HEAD, QUIET, WELL, Block, Gap, Labelled, Words
from care.reports.period import Period
from care.reports.queries import ToldRaiser, told_between
from care.reports.records import Asking, Gathered, Report
from care.settings import Policy
from care.text import plural
from care.times.when import say_date
from care.times.zones import local_date
from care.words import IssueState

_ENDS = (IssueState.FIXED.value, IssueState.DECLINED.value)

_MANY = 20
"""So many customers of one name are looked at; more of them have that name all the same."""


class YouSaid(NamedTuple):
    """One issue that is told: what was said, by how many customers, what became of it, and when they all knew."""

    said: str
    customers: int
    became: IssueState
    did: str | None
    told_on: date


class YouSaidWeDid(NamedTuple):
    """What customers said and what we did, without a name; only what everyone who said it has been told of."""

    issues: tuple[YouSaid, ...]
    customers: int


class RaiserName(NamedTuple):
    """Who raised an issue: their name and company."""

    issue_id: int
    name: str
    company: str | None


def gather(session: Session, asking: Asking, now: datetime) -> Gathered:
    """What was said and done of the issues whose last raiser was told in the time of the report."""
    return Gathered(you_said(session, asking.period), {})


def you_said(session: Session, period: Period) -> YouSaidWeDid:
    """What was said and done of every issue whose last raiser was told in that time, the latest first."""
    settings = policy(session)
    ended: dict[int, tuple[ToldRaiser, date]] = {}
    for row in told_between(session, period.start, period.end):
        if row.state is IssueState.TOLD and row.ended_at is not None and period.start <= row.ended_at < period.end:
            ended[row.issue_id] = row, local_date(row.ended_at, settings.timezone)
    became = _became(session, list(ended))
    raised = raisers_of(session, list(ended))
    issues = []
    for issue_id, (row, told_on) in ended.items():
        who = raised.get(issue_id, [])
        said = _anonymised(session, row.title, who, settings)
        did = None if row.note is None else _anonymised(session, row.note, who, settings)
        issues.append(YouSaid(said, len(who), became[issue_id], did, told_on))
    issues.sort(key=lambda issue: (-issue.told_on.toordinal(), issue.said))
    return YouSaidWeDid(tuple(issues), sum(issue.customers for issue in issues))


def _became(session: Session, issue_ids: Sequence[int]) -> dict[int, IssueState]:
    """What issues were before everyone was told: fixed, unless the journal says that one was declined."""
    became = dict.fromkeys(issue_ids, IssueState.FIXED)
    for image in images_of_rows(session, "issue", issue_ids):
        state = (image.before or {}).get("state")
        if state in _ENDS:
            became[int(image.row_id)] = IssueState(state)
    return became


def _anonymised(session: Session, words: str, who: Sequence[RaiserName], settings: Policy) -> str:
    ids = {customer for pair in pairs(words) for customer in full_text.ids_with_words(session, pair, _MANY)}
    whole = list(names_of(session, list(ids)).values())
    whole += [row.company for row in who if row.company]
    return without_names(words, whole, [*(row.name for row in who), *settings.team])


def blocks(section: YouSaidWeDid, report: Report, terminal: bool) -> Iterator[Block]:
    """What was said and what became of it, each with how many customers said it."""
    if not section.issues:
        words = "nothing yet that everyone who said it has been told of"
        yield Labelled(Words("TOLD", HEAD), Words(words, QUIET))
        return
    yield Labelled(Words("YOU SAID, WE DID", HEAD), Words(""))
    for issue in section.issues:
        yield Gap()
        yield Labelled(Words("You said", QUIET), Words(issue.said, HEAD), indent=2)
        fixed = issue.became is IssueState.FIXED
        did = issue.did or ("It is fixed." if fixed else "We thought about it, and we will not do it.")
        label, style = ("We did", WELL) if fixed else ("We will not", "")
        yield Labelled(Words(label, QUIET), Words(did, style), indent=2)
        told = f"{plural(issue.customers, 'customer')}, told by {say_date(issue.told_on)}"
        yield Labelled(Words("", QUIET), Words(told, QUIET))


def raisers_of(session: Session, issue_ids: Sequence[int]) -> dict[int, list[RaiserName]]:
    """For each of these issues everyone who raised it: name and company."""
    beside = raisers.join(customers, customers.c.id == raisers.c.customer_id)
    beside = beside.outerjoin(companies, companies.c.id == customers.c.company_id)
    chosen = select(raisers.c.issue_id, customers.c.name, companies.c.name.label("company")).select_from(beside)
    raised: dict[int, list[RaiserName]] = {}
    for row in fetch(session, RaiserName, chosen.where(raisers.c.issue_id.in_(issue_ids))):
        raised.setdefault(row.issue_id, []).append(row)
    return raised
