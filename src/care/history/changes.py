"""What commands did, and whether that was taken back."""

from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from typing import Any, NamedTuple

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from care.db.fetch import fetch, fetch_one
from care.db.journal import NOTED
from care.db.tables.journal import batches, changes, journal
from care.history.records import ChangeRecord, Changes

SHOWN = 20

RESTORE = "restore"

REACH = 200
"""How far back the latest change that touched anything is looked for."""


class ChangeRow(NamedTuple):
    """A change beside the import it may have been. ``rows`` counts what it touched, ``undone_by`` is who took it back.

    Pairs of duplicates that were found or lost are not counted: nobody did that.
    """

    id: int
    at: datetime
    command: str
    caller: str | None
    undoes: int | None
    rows: int
    undone_by: int | None
    batch: int | None
    file: str | None


_UNDONE = changes.alias("undone")

_FOUND = (journal.c.noun == "duplicate") & journal.c.act.in_(("insert", "delete"))


def list_changes(session: Session, limit: int = SHOWN) -> Changes:
    """The latest changes, the newest first, but for commands that changed nothing after all."""
    rows = (row for row in latest_changes(session) if row.rows or row.batch or row.command == RESTORE)
    return Changes(tuple(change_record(session, row) for row in islice(rows, limit)))


def latest_changes(session: Session) -> list[ChangeRow]:
    """The latest changes, ``REACH`` of them, the newest first; notes of a calendar are none."""
    done = _chosen().where(changes.c.command != NOTED)
    return fetch(session, ChangeRow, done.order_by(changes.c.id.desc()).limit(REACH))


def change_row(session: Session, change_id: int) -> ChangeRow:
    """One change. Raises LookupError where there is none."""
    row = fetch_one(session, ChangeRow, _chosen().where(changes.c.id == change_id))
    if row is None:
        raise LookupError(f"no change has the number {change_id}")
    return row


def change_of_import(session: Session, batch_id: int) -> ChangeRow | None:
    """The change that an import was, or None where there is no such import."""
    return fetch_one(session, ChangeRow, _chosen().where(batches.c.id == batch_id))


def _chosen() -> Select[Any]:
    touched = select(func.count()).where(journal.c.change_id == changes.c.id, ~_FOUND)
    undone_by = select(func.max(_UNDONE.c.id)).where(_UNDONE.c.undoes == changes.c.id)
    more = (touched.scalar_subquery().label("rows"), undone_by.scalar_subquery().label("undone_by"))
    beside = changes.outerjoin(batches, batches.c.change_id == changes.c.id)
    return select(changes, *more, batches.c.id.label("batch"), batches.c.file).select_from(beside)


def stands(session: Session, row: ChangeRow) -> bool:
    """Whether what a change did is there: it was not taken back, or taking it back was taken back."""
    return row.undone_by is None or not stands(session, change_row(session, row.undone_by))


def taken_back_by(session: Session, row: ChangeRow) -> Iterator[ChangeRow]:
    """The change that this one took back, the one that that one had taken back, and so on to the first."""
    while row.undoes is not None:
        row = change_row(session, row.undoes)
        yield row


def change_record(session: Session, row: ChangeRow) -> ChangeRecord:
    """A change as it is shown."""
    taken_back = [*taken_back_by(session, row)]
    return ChangeRecord(
        id=row.id,
        at=row.at,
        command=row.command,
        caller=row.caller,
        rows=row.rows,
        batch=f"b{row.batch}" if row.batch else None,
        file=row.file,
        undoes=row.undoes,
        undone=not stands(session, row),
        of=taken_back[-1].command if taken_back else None,
    )
