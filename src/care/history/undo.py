"""Taking changes back: the latest, or an import. What later work stands on is refused, and so is what was drawn."""

from datetime import datetime

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from care.db.journal import current_change
from care.db.ledger import LedgerRow, append_to_ledger
from care.db.tables.customer import contacts
from care.db.tables.draw import draw_entries, draws
from care.db.tables.imports import source_ids
from care.db.tables.journal import batches
from care.db.tables.ledger import ledger
from care.history.changes import (
    RESTORE,
    ChangeRow,
    change_of_import,
    change_record,
    change_row,
    latest_changes,
    stands,
    taken_back_by,
)
from care.history.errors import (
    CustomersForgotten,
    DrawnFrom,
    DrawStays,
    LaterWork,
    NoSuchImport,
    NothingToUndo,
    OrderStays,
    RestoreStays,
    UndoneAlready,
)
from care.history.images import INSERT, changes_about, changes_on_rows_of, images_of_change, is_partly_erased
from care.history.records import Undone
from care.history.take_back import customers_added, mark_undone, take_back, take_back_added
from care.words import LedgerKind


def undo_import(session: Session, batch_id: int, now: datetime) -> Undone:
    """Takes an import back: removes whom it added and restores whom it changed.

    Raises NoSuchImport, UndoneAlready, DrawStays, OrderStays, DrawnFrom or LaterWork.
    """
    row = change_of_import(session, batch_id)
    if row is None:
        raise NoSuchImport(f"b{batch_id}")
    if not stands(session, row):
        raise UndoneAlready(f"b{batch_id}")
    return _undo(session, row, now)


def undo_last(session: Session, now: datetime) -> Undone:
    """Takes the latest change back that touched anything; taking back an undo brings the change back.

    Raises NothingToUndo, RestoreStays, DrawStays, OrderStays, CustomersForgotten, DrawnFrom or LaterWork.
    """
    present = current_change(session)
    for row in latest_changes(session):
        if row.command == RESTORE:
            raise RestoreStays
        if row.id != present and (row.rows or row.batch):
            return _undo(session, row, now)
    raise NothingToUndo


def _undo(session: Session, row: ChangeRow, now: datetime) -> Undone:
    _refuse(session, row)
    rows = take_back(session, row.id)
    if row.batch is not None:
        rows += take_back_added(session, row.batch)
    mark_undone(session, row.id, current_change(session))
    append_to_ledger(session, [LedgerRow(LedgerKind.UNDO, {"change": row.id})], now)
    times = len([*taken_back_by(session, row)])  # to and fro
    return Undone(change_record(session, row), rows, brought_back=times % 2 == 1)


def _refuse(session: Session, row: ChangeRow) -> None:
    """Raises why a change cannot be taken back, where it cannot."""
    if _drew_someone(session, row.id):
        raise DrawStays(row.command)
    if _was_placed_anew(session, row.id):
        raise OrderStays(row.command)
    if row.batch is None and is_partly_erased(session, row.id):
        raise CustomersForgotten(row.command)
    week = _drawn_from(session, row)
    if week is not None:
        raise DrawnFrom(row.command, week)
    later = _standing_on(session, row)
    if later:
        raise LaterWork(row.command, later[0].command, f"{later[0].at:%-d %B}", len(later) - 1)


def _standing_on(session: Session, row: ChangeRow) -> list[ChangeRow]:
    """The later changes that stand on this one and were not taken back, the newest first."""
    later = changes_on_rows_of(session, row.id)
    if row.batch is not None:
        later |= changes_about(session, customers_added(row.batch), row.id) | _gave_to_added(session, row.batch)
    known = [change_row(session, change_id) for change_id in sorted(later - {current_change(session)}, reverse=True)]
    return [change for change in known if change.undoes is None and stands(session, change)]


def _gave_to_added(session: Session, batch_id: int) -> set[int]:
    """The later imports that gave something to customers this one added: of that there are no images."""
    found: set[int] = set()
    for given in (contacts, source_ids):
        beside = select(batches.c.change_id).join(given, given.c.added_in == batches.c.id)
        theirs = given.c.customer_id.in_(customers_added(batch_id))
        found.update(session.execute(beside.where(theirs, batches.c.id > batch_id)).scalars())
    return found


def _drew_someone(session: Session, change_id: int) -> bool:
    """Whether the change drew someone, or let a reserve step up."""
    kinds = ledger.c.kind.in_((LedgerKind.DRAW, LedgerKind.STEP, LedgerKind.INIT))
    return session.execute(select(ledger.c.id).where(ledger.c.change_id == change_id, kinds)).first() is not None


def _was_placed_anew(session: Session, change_id: int) -> bool:
    """Whether that change, or one after it, switched the strata and so placed everybody anew."""
    switches = (ledger.c.kind == LedgerKind.STRATUM) & (ledger.c.change_id >= change_id)
    return session.execute(select(ledger.c.id).where(switches).limit(1)).first() is not None


def _drawn_from(session: Session, row: ChangeRow) -> str | None:
    """The week of a draw that names a customer this change added, as called or in reserve; None without one."""
    images = images_of_change(session, row.id)
    ids = [int(image.row_id) for image in images if image.noun == "customer" and image.act == INSERT]
    added: ColumnElement[bool] = draw_entries.c.customer_id.in_(ids)
    if row.batch is not None:
        added = or_(added, draw_entries.c.customer_id.in_(customers_added(row.batch)))
    found = select(draws.c.week).join(draw_entries, draw_entries.c.draw_id == draws.c.id).where(added)
    return session.execute(found.order_by(draws.c.id.desc()).limit(1)).scalar_one_or_none()
