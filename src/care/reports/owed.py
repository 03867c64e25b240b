"""The section of what we owe."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy.orm import Session

from care.owed.owed import owed
from care.owed.records import OTHER, OwedCounts, OwedItem
from care.reports.blocks import WELL, Block, Table, lead, more
from care.reports.lines import owed_cells, owed_sentence
from care.reports.records import Asking, Gathered, Report

LISTED = 50
"""So many lines the section has at most, unless every line is asked for."""


def gather(session: Session, asking: Asking, now: datetime) -> Gathered:
    """What is owed, but for the small touches: those are for whoever talked with the customer, not for a meeting."""
    listed = owed(session, now, limit=None if asking.everything else LISTED)
    items = tuple(item for item in listed.owed if item.kind != OTHER)
    return Gathered(items, {"owed": listed.counts._replace(stay_in_touch=0)})


def blocks(items: tuple[OwedItem, ...], report: Report, terminal: bool) -> Iterator[Block]:
    """The sentence of all that is owed, then a line each."""
    counts: OwedCounts = report.totals["owed"]
    words, style = owed_sentence(counts)
    yield lead("WE OWE", words, style or WELL)
    shown = report.shown(len(items), terminal=terminal)
    yield Table(tuple(tuple(owed_cells(item)) for item in items[:shown]))
    yield from more(counts.total - shown)
