"""Where undo meets the store."""

from collections.abc import Iterable
from datetime import datetime
from itertools import islice
from typing import Any

from sqlalchemy.orm import Session

from care.history.records import ChangeRecord, Changes, Undone
from care.history.undoing.errors import (
    DrawnFrom,
    DrawStays,
    Forgotten,
    LaterWork,
    NoSuchImport,
    NothingToUndo,
    OrderStays,
    RestoreStays,
    UndoneAlready,
)
from care.store import ledger
from care.store import undo as store
from care.store.journal import current_change
from care.store.ledger import LedgerRow
from care.words import LedgerKind

SHOWN = 20
RESTORE = "restore"
REACH = 200
"""How far back the latest change that touched anything is looked for."""


def list_changes(session: Session, limit: int = SHOWN) -> Changes:
    """The latest changes, the newest first, but for commands that changed nothing after all."""
    rows = (one for one in store.latest_changes(session, REACH) if one.rows or one.batch or one.command == RESTORE)
    return Changes(tuple(_record(session, row) for row in islice(rows, limit)))


def undo_import(session: Session, batch_id: int, now: datetime) -> Undone:
    """Takes an import back: removes whom it added and restores whom it changed.

    Raises NoSuchImport, UndoneAlready, or LaterWork when something done later stands on it.
    """
    row = store.change_of_batch(session, batch_id)
    if row is None:
        raise NoSuchImport(f"b{batch_id}")
    if not _stands(session, row):
        raise UndoneAlready(f"b{batch_id}")
    return _undo(session, row, now)


def undo_last(session: Session, now: datetime) -> Undone:
    """Takes the latest change back that touched anything; taking back an undo brings the change back.

    Raises NothingToUndo, DrawStays or LaterWork.
    """
    present = current_change(session)
    for row in store.latest_changes(session, REACH):
        if row.command == RESTORE:
            raise RestoreStays
        if row.id != present and (row.rows or row.batch):
            return _undo(session, row, now)
    raise NothingToUndo


def _undo(session: Session, row: Any, now: datetime) -> Undone:
    if store.drew_someone(session, row.id):
        raise DrawStays(row.command)
    if store.made_the_order_anew(session, row.id):
        raise OrderStays(row.command)
    present, batch_id = current_change(session), row.batch
    if batch_id is None and store.is_partly_erased(session, row.id):
        raise Forgotten(row.command)
    week = store.drawn_from(session, row.id, batch_id)
    if week is not None:
        raise DrawnFrom(row.command, week)
    later = {*store.standing_on(session, row.id)}
    if batch_id is not None:
        later |= {*store.standing_on_batch(session, batch_id, row.id)}
    standing = [one for one in _known(session, later - {present}) if one.undoes is None and _stands(session, one)]
    if standing:
        raise LaterWork(row.command, standing[0].command, f"{standing[0].at:%-d %B}", len(standing) - 1)
    taken = store.take_back(session, row.id)
    if batch_id is not None:
        taken += store.take_back_added(session, batch_id)
    store.mark_undone(session, row.id, present)
    ledger.append(session, [LedgerRow(LedgerKind.UNDO, {"change": row.id})], now)
    return Undone(_record(session, row), taken, brought_back=_steps(session, row) % 2 == 1)


def _steps(session: Session, row: Any) -> int:
    """How often something was taken back to and fro before this change: 0 for a change that took nothing back."""
    return 0 if row.undoes is None else 1 + _steps(session, store.one_change(session, row.undoes))


def _known(session: Session, ids: Iterable[int]) -> list[Any]:
    return [store.one_change(session, one) for one in sorted(ids, reverse=True)]


def _stands(session: Session, row: Any) -> bool:
    """Whether what a change did is there: it was not taken back, or taking it back was taken back."""
    return row.undone_by is None or not _stands(session, store.one_change(session, row.undone_by))


def _record(session: Session, row: Any) -> ChangeRecord:
    batch = f"b{row.batch}" if row.batch else None
    undone = not _stands(session, row)
    first = row
    while first.undoes is not None:
        first = store.one_change(session, first.undoes)
    of = None if first is row else first.command
    return ChangeRecord(row.id, row.at, row.command, row.caller, row.rows, batch, row.file, row.undoes, undone, of)
