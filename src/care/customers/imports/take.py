"""Taking a file of customers into the store: all of it or nothing, in one transaction, piece by piece."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime
from itertools import islice
from typing import NamedTuple

from sqlalchemy import update
from sqlalchemy.orm import Session

from care.customers.customer_input import CustomerInput, Rejection
from care.customers.duplicates import find_duplicates_in_import
from care.customers.forgotten import stored_marks
from care.customers.imports.piece import Piece
from care.customers.imports.progress import ImportProgress
from care.customers.imports.queries import next_ids
from care.customers.imports.records import RejectedLine
from care.customers.imports.rows import Claims
from care.customers.order_queries import all_pointers, base
from care.db.bulk import added
from care.db.journal import current_change
from care.db.ledger import LedgerRow, append_to_ledger
from care.db.settings import draw_key, policy
from care.db.tables.journal import batches
from care.times.zones import local_date
from care.words import Eligibility, LedgerKind

PIECE = 2000
"""Rows looked up and written at once."""


class Imported(NamedTuple):
    """What an import came to. ``standings`` counts the customers of the file as they now stand.

    ``sample`` names some who were added, ``updated_sample`` some who were updated; ``duplicates`` counts the pairs of
    customers in the store who may be one person.
    """

    batch_id: int
    counts: dict[str, int]
    rejections: tuple[RejectedLine, ...]
    standings: dict[Eligibility, int]
    unchecked: int
    sample: tuple[str, ...]
    duplicates: int = 0
    updated_sample: tuple[str, ...] = ()


def import_customers(
    session: Session, rows: Iterable[CustomerInput | Rejection], file: str, layout: str, source: str, now: datetime
) -> Imported:
    """Takes the customers of a file: adds the new ones, updates those there are, and leaves the rest alone.

    ``source`` is what the external ids in the file are counted by. An import never lifts a do-not-call, a pause or a
    goodbye.
    """
    progress = _begun(session, file, layout, source, now)
    reading = iter(rows)
    while piece := list(islice(reading, PIECE)):
        _take(session, progress, piece)
    end_batch(session, progress.batch_id, progress.counts)
    touched = progress.counts["added"] or progress.counts["updated"]
    duplicates = find_duplicates_in_import(session, progress.batch_id, progress.shared, now) if touched else 0
    if progress.joined.count:
        facts = {"batch": progress.batch_id, "count": progress.joined.count, "digest": progress.joined.hexdigest()}
        facts["standings"] = dict(sorted(progress.joined_as.items()))
        append_to_ledger(session, [LedgerRow(LedgerKind.JOINED, facts)], now)
    append_to_ledger(session, progress.moved, now)
    return Imported(
        progress.batch_id,
        dict(progress.counts),
        tuple(progress.rejections),
        {standing: n for standing, n in progress.standings.items() if n},
        progress.unchecked,
        tuple(progress.sample),
        duplicates,
        tuple(progress.updated_sample),
    )


def _begun(session: Session, file: str, layout: str, source: str, now: datetime) -> ImportProgress:
    settings = policy(session)
    free = next_ids(session)
    return ImportProgress(
        batch_id=begin_batch(session, file, layout, now),
        source=source,
        now=now,
        today=local_date(now, settings.timezone),
        key=draw_key(session),
        settings=settings,
        pointers=all_pointers(session),
        base=base(session),
        free=free,
        counts=Counter(dict.fromkeys(COUNTED, 0)),
        claims=Claims(free["customer"]),
        forgotten=stored_marks(session),
    )


def _take(session: Session, progress: ImportProgress, piece: list[CustomerInput | Rejection]) -> None:
    progress.counts["read"] += len(piece)
    rows = []
    for row in piece:
        if isinstance(row, Rejection):
            progress.reject(row.line, row.reason)
        elif (on := progress.forgotten_on(row)) is not None:
            progress.reject(row.line, f"forgotten on {on}, and left out")
        else:
            rows.append(row)
    if rows:
        Piece(session, progress, rows).settle()


COUNTED = ("read", "added", "updated", "unchanged", "rejected")


def begin_batch(session: Session, file: str, layout: str, now: datetime) -> int:
    """The id of a new import."""
    values = dict.fromkeys(COUNTED, 0)
    about = {"change_id": current_change(session), "at": now, "file": file, "layout": layout}
    return added(session, batches, about | values)


def end_batch(session: Session, batch_id: int, counts: Mapping[str, int]) -> None:
    """Writes what the import came to."""
    session.execute(update(batches).where(batches.c.id == batch_id).values(**counts))
