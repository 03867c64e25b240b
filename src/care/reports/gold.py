"""The section of the gold: the veins by the number of customers, and what became of each."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from care.db.fetch import fetch
from care.db.settings import policy
from care.db.tables.columns import inline
from care.db.tables.interview import questions, veins
from care.gold.queries import count_loose
from care.gold.records import VeinIssue
from care.gold.veins import list_veins
from care.reports.blocks import QUIET, TYPED, WAITING, WELL, Block, Cell, Table, TextLine, Words, lead, more
from care.reports.heard import readings_with_population
from care.reports.heard_records import HeardShare
from care.reports.lines import STATE
from care.reports.period import Period
from care.reports.records import Asking, Gathered, Report
from care.reports.shares import heard_shares
from care.statistics.estimates import TREND
from care.text import listing, plural
from care.times.when import say_date
from care.times.zones import local_date
from care.words import GoldKind, VeinState

FEW = 10
"""So many veins a terminal shows."""

PATIENCE_DAYS = 90
"""A vein nothing came of for so long is named."""

LOOKED_BACK_DAYS = 365
"""How a promise was kept is said of so many days at most."""


class KeptShare(NamedTuple):
    """How many of those asked since that day heard us keep a promise; only drawn talks, one customer one vote."""

    good: int
    of: int
    part: float
    low: float
    high: float
    since: date


class VeinOutcome(NamedTuple):
    """A vein and what became of it. ``idle_days`` is set where nothing did for longer than we should wait."""

    id: int
    ref: str
    title: str
    kind: GoldKind
    state: VeinState
    customers: int
    opened_on: date
    issue: VeinIssue | None
    promise: str | None
    kept: KeptShare | None
    idle_days: int | None


class GoldReport(NamedTuple):
    """The veins by the number of customers, and how many passages are not gathered yet."""

    veins: tuple[VeinOutcome, ...]
    loose: int


class PromisedVein(NamedTuple):
    """A vein that is a promise of ours to all customers, since when, and the key of the question that asks of it."""

    id: int
    settled_at: datetime
    key: str


def gather(session: Session, asking: Asking, now: datetime) -> Gathered:
    """Every vein with what became of it, and how our promises to all are kept, by the end of the period."""
    kept = _kept(session, asking.period)
    outcomes = []
    for vein in list_veins(session, now):
        outcomes.append(
            VeinOutcome(
                id=vein.id,
                ref=vein.ref,
                title=vein.title,
                kind=vein.kind,
                state=vein.state,
                customers=vein.customers,
                opened_on=vein.opened_on,
                issue=vein.issue,
                promise=vein.promise if vein.state is VeinState.PROMISE else None,
                kept=kept.get(vein.id),
                idle_days=days_idle(vein.state, vein.age_days),
            )
        )
    return Gathered(GoldReport(tuple(outcomes), count_loose(session)), {})


def _kept(session: Session, period: Period) -> dict[int, KeptShare | None]:
    """How each promise to all was kept, by its vein: since it was made, in the last year where that is longer ago."""
    promises = standing_promises(session)
    if not promises:
        return {}
    zone, year = policy(session).timezone, period.end - timedelta(days=LOOKED_BACK_DAYS)
    kept = {}
    for row in promises:
        since = max(row.settled_at, year)
        readings, population = readings_with_population(session, since, period.end)
        shares = heard_shares([reading for reading in readings if reading.key == row.key], population, ())
        kept[row.id] = kept_share(shares[0], local_date(since, zone)) if shares else None
    return kept


def in_a_line(section: GoldReport) -> Words:
    """What there is in one sentence; empty where there is nothing."""
    parts = [plural(len(section.veins), "vein")] if section.veins else []
    if section.loose:
        parts.append(f"{plural(section.loose, 'passage')} to gather")
    late = [vein for vein in section.veins if vein.idle_days is not None]
    if late:
        longest = max(vein.idle_days or 0 for vein in late)
        names = [f"{vein.ref} {vein.title}" for vein in late[:2]]
        names += [f"{len(late) - 2} more"] if len(late) > 2 else []
        parts.append(f"nothing came of {listing(names)} for {plural(longest, 'day')}")
    return Words(", ".join(parts), WAITING if late else "")


def blocks(section: GoldReport, report: Report, terminal: bool) -> Iterator[Block]:
    """The sentence, a line for each vein, and how promises are kept."""
    sentence = in_a_line(section)
    if sentence.text:
        yield lead("GOLD", *sentence)
    else:
        yield lead("GOLD", "no wish and no trigger was noted yet", QUIET)
    shown = section.veins[:FEW] if terminal else section.veins
    yield Table(tuple(_cells(vein) for vein in shown))
    yield from more(len(section.veins) - len(shown))
    for vein in shown:
        if vein.promise is not None:
            words = Words(f"  we promise “{vein.promise}” ")
            yield TextLine((Words(vein.ref, TYPED), words, Words(_kept_words(vein.kept), QUIET)))


def _became(vein: VeinOutcome) -> tuple[str, str]:
    """What became of a vein, in a few words, and its colour."""
    if vein.state is VeinState.ISSUE:
        return (
            (f"i{vein.issue.id} {vein.issue.state.value}", STATE[vein.issue.state]) if vein.issue else ("an issue", "")
        )
    if vein.state is VeinState.PROMISE:
        return "our promise", WELL
    if vein.state is VeinState.DROPPED:
        return "dropped", QUIET
    if vein.idle_days is not None:
        return f"nothing for {plural(vein.idle_days, 'day')}", WAITING
    return "nothing yet", ""


def _kept_words(kept: KeptShare | None) -> str:
    """How a promise is kept, as far as that can be said."""
    if kept is None:
        return "Nobody was asked yet."
    part = f"{kept.part * 100:.0f} % ({kept.low * 100:.0f}–{kept.high * 100:.0f} %)"
    few = ", too few for a trend" if kept.of < TREND else ""
    return f"Kept for {kept.good} of {kept.of} asked since {say_date(kept.since)}: {part}{few}."


def _cells(vein: VeinOutcome) -> tuple[Cell, ...]:
    words, style = _became(vein)
    return (
        Cell(vein.ref, TYPED),
        Cell(vein.title, QUIET if vein.state is VeinState.DROPPED else "", cut=True),
        Cell(vein.kind.value, QUIET, drop=True),
        Cell(plural(vein.customers, "customer"), right=True),
        Cell(words, style),
    )


def kept_share(share: HeardShare, since: date) -> KeptShare:
    """The share of good readings since that day."""
    return KeptShare(share.good, share.of, share.part, share.low, share.high, since)


def days_idle(state: VeinState, age_days: int) -> int | None:
    """For how many days nothing came of an open vein, once that is too long; else None."""
    return age_days if state is VeinState.OPEN and age_days >= PATIENCE_DAYS else None


def standing_promises(session: Session) -> list[PromisedVein]:
    """The veins that are promises of ours to all customers."""
    beside = veins.join(questions, questions.c.id == veins.c.question_id)
    chosen = select(veins.c.id, veins.c.settled_at, questions.c.key).select_from(beside)
    promised = chosen.where(veins.c.state == inline(VeinState.PROMISE))
    return fetch(session, PromisedVein, promised.order_by(veins.c.id))
