"""Where an import meets the store. A file is taken all or not at all, in one transaction, piece by piece."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime
from itertools import islice
from typing import NamedTuple

from sqlalchemy import update
from sqlalchemy.orm import Session

from care.customers.customer_input import CustomerDraft, Rejection
from care.customers.duplicates import look_at_batch
from care.customers.forgotten import stored_marks
from care.customers.imports.piece import Piece
from care.customers.imports.progress import Taken
from care.customers.imports.queries import next_ids
from care.customers.imports.records import RejectedLine
from care.customers.imports.rows import Claims
from care.customers.order import Position
from care.customers.order_queries import all_pointers, base
from care.db.bulk import added
from care.db.journal import current_change
from care.db.ledger import LedgerRow, append_to_ledger
from care.db.settings import draw_key, policy
from care.db.tables.journal import batches
from care.times.zones import local_date
from care.words import LedgerKind, Standing

PIECE = 2000
"""Rows looked up and written at once."""


class Imported(NamedTuple):
    """What an import came to. ``standings`` counts the customers of the file as they now stand.

    ``sample`` names some who were added, ``renewed`` some who were updated; ``doubles`` counts the pairs in the store
    who may be one person.
    """

    batch_id: int
    counts: dict[str, int]
    rejections: tuple[RejectedLine, ...]
    standings: dict[Standing, int]
    unchecked: int
    sample: tuple[str, ...]
    doubles: int = 0
    renewed: tuple[str, ...] = ()


def import_customers(
    session: Session, drafts: Iterable[CustomerDraft | Rejection], file: str, layout: str, source: str, now: datetime
) -> Imported:
    """Takes the customers of a file: adds the new ones, updates those there are, and leaves the rest alone.

    ``source`` is what the external ids in the file are counted by. An import never lifts a do-not-call, a pause or a
    goodbye.
    """
    taken = _begun(session, file, layout, source, now)
    reading = iter(drafts)
    while piece := list(islice(reading, PIECE)):
        _take(session, taken, piece)
    end_batch(session, taken.batch_id, taken.counts)
    touched = taken.counts["added"] or taken.counts["updated"]
    doubles = look_at_batch(session, taken.batch_id, taken.shared, now) if touched else 0
    if taken.joined.count:
        facts = {"batch": taken.batch_id, "count": taken.joined.count, "digest": taken.joined.hexdigest()}
        facts["standings"] = dict(sorted(taken.stood.items()))
        append_to_ledger(session, [LedgerRow(LedgerKind.JOINED, facts)], now)
    append_to_ledger(session, taken.moved, now)
    return Imported(
        taken.batch_id,
        dict(taken.counts),
        tuple(taken.rejections),
        {standing: n for standing, n in taken.standings.items() if n},
        taken.unchecked,
        tuple(taken.sample),
        doubles,
        tuple(taken.renewed),
    )


def _begun(session: Session, file: str, layout: str, source: str, now: datetime) -> Taken:
    settings = policy(session)
    free = next_ids(session)
    return Taken(
        batch_id=begin_batch(session, file, layout, now),
        source=source,
        now=now,
        today=local_date(now, settings.timezone),
        key=draw_key(session),
        settings=settings,
        pointers={name: Position(*here) for name, here in all_pointers(session).items()},
        base=base(session),
        free=free,
        counts=Counter(dict.fromkeys(COUNTED, 0)),
        claims=Claims(free["customer"]),
        forgotten=stored_marks(session),
    )


def _take(session: Session, taken: Taken, piece: list[CustomerDraft | Rejection]) -> None:
    taken.counts["read"] += len(piece)
    drafts = []
    for one in piece:
        if isinstance(one, Rejection):
            taken.reject(one.line, one.reason)
        elif (on := taken.forgotten_on(one)) is not None:
            taken.reject(one.line, f"forgotten on {on}, and left out")
        else:
            drafts.append(one)
    if drafts:
        Piece(session, taken, drafts).settle()


COUNTED = ("read", "added", "updated", "unchanged", "rejected")


def begin_batch(session: Session, file: str, layout: str, now: datetime) -> int:
    """The id of a new import."""
    values = dict.fromkeys(COUNTED, 0)
    about = {"change_id": current_change(session), "at": now, "file": file, "layout": layout}
    return added(session, batches, about | values)


def end_batch(session: Session, batch_id: int, counts: Mapping[str, int]) -> None:
    """Writes what the import came to."""
    session.execute(update(batches).where(batches.c.id == batch_id).values(**counts))
