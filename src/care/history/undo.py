"""Where undo meets the store."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import islice
from typing import Any

from sqlalchemy import (
    ColumnClause,
    ColumnElement,
    TableClause,
    column,
    delete,
    exists,
    func,
    insert,
    or_,
    select,
    table,
    update,
)
from sqlalchemy.orm import Session

from care.db.journal import ERASED, NOTED, current_change
from care.db.ledger import LedgerRow, append_to_ledger
from care.db.tables.draw import draw_entries, draws
from care.db.tables.journal import batches, changes, journal
from care.db.tables.ledger import ledger
from care.history.errors import (
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
from care.history.records import ChangeRecord, Changes, Undone
from care.words import LedgerKind

SHOWN = 20


RESTORE = "restore"


REACH = 200
"""How far back the latest change that touched anything is looked for."""


def list_changes(session: Session, limit: int = SHOWN) -> Changes:
    """The latest changes, the newest first, but for commands that changed nothing after all."""
    rows = (one for one in latest_changes(session, REACH) if one.rows or one.batch or one.command == RESTORE)
    return Changes(tuple(_record(session, row) for row in islice(rows, limit)))


def undo_import(session: Session, batch_id: int, now: datetime) -> Undone:
    """Takes an import back: removes whom it added and restores whom it changed.

    Raises NoSuchImport, UndoneAlready, or LaterWork when something done later stands on it.
    """
    row = change_of_batch(session, batch_id)
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
    for row in latest_changes(session, REACH):
        if row.command == RESTORE:
            raise RestoreStays
        if row.id != present and (row.rows or row.batch):
            return _undo(session, row, now)
    raise NothingToUndo


def _undo(session: Session, row: Any, now: datetime) -> Undone:
    if drew_someone(session, row.id):
        raise DrawStays(row.command)
    if made_the_order_anew(session, row.id):
        raise OrderStays(row.command)
    present, batch_id = current_change(session), row.batch
    if batch_id is None and is_partly_erased(session, row.id):
        raise Forgotten(row.command)
    week = drawn_from(session, row.id, batch_id)
    if week is not None:
        raise DrawnFrom(row.command, week)
    later = {*standing_on(session, row.id)}
    if batch_id is not None:
        later |= {*standing_on_batch(session, batch_id, row.id)}
    standing = [one for one in _known(session, later - {present}) if one.undoes is None and _stands(session, one)]
    if standing:
        raise LaterWork(row.command, standing[0].command, f"{standing[0].at:%-d %B}", len(standing) - 1)
    taken = take_back(session, row.id)
    if batch_id is not None:
        taken += take_back_added(session, batch_id)
    mark_undone(session, row.id, present)
    append_to_ledger(session, [LedgerRow(LedgerKind.UNDO, {"change": row.id})], now)
    return Undone(_record(session, row), taken, brought_back=_steps(session, row) % 2 == 1)


def _steps(session: Session, row: Any) -> int:
    """How often something was taken back to and fro before this change: 0 for a change that took nothing back."""
    return 0 if row.undoes is None else 1 + _steps(session, one_change(session, row.undoes))


def _known(session: Session, ids: Iterable[int]) -> list[Any]:
    return [one_change(session, one) for one in sorted(ids, reverse=True)]


def _stands(session: Session, row: Any) -> bool:
    """Whether what a change did is there: it was not taken back, or taking it back was taken back."""
    return row.undone_by is None or not _stands(session, one_change(session, row.undone_by))


def _record(session: Session, row: Any) -> ChangeRecord:
    batch = f"b{row.batch}" if row.batch else None
    undone = not _stands(session, row)
    first = row
    while first.undoes is not None:
        first = one_change(session, first.undoes)
    of = None if first is row else first.command
    return ChangeRecord(row.id, row.at, row.command, row.caller, row.rows, batch, row.file, row.undoes, undone, of)


_KEYS = {"setting": "key", "week_off": "week", "layout": "source"}


IMPORTED = ("source_id", "contact", "customer", "company")
"""What an import adds, in the order in which it can be taken away."""


_COUNTED = {"customer": {"planned"}, "issue": {"raisers", "waiting"}}
"""What triggers count: they count on while rows come back, so an image must not set it as well."""


_OUTSIDE = ("ics_uid", "ics_sequence", "etag", "published")
"""What notes how a call stands in a calendar: taking a change back here does not change it there."""


_UNDONE = changes.alias("undone")


_HOLDS = journal.c.act != ERASED


_DONE = journal.c.change_id.not_in(select(changes.c.id).where(changes.c.command == NOTED))


_PAIRED = journal.c.noun == "duplicate"


_FOUND = _PAIRED & journal.c.act.in_(("insert", "delete"))
"""Pairs of customers that were found to look alike, or no longer: nothing a person did, and nothing stands on it."""


def _described() -> Any:
    touched = (journal.c.change_id == changes.c.id) & ~_FOUND
    rows = select(func.count()).where(touched).scalar_subquery()
    taken_back = select(func.max(_UNDONE.c.id)).where(_UNDONE.c.undoes == changes.c.id).scalar_subquery()
    beside = changes.outerjoin(batches, batches.c.change_id == changes.c.id)
    columns = (rows.label("rows"), taken_back.label("undone_by"), batches.c.id.label("batch"), batches.c.file)
    return select(changes, *columns).select_from(beside)


def latest_changes(session: Session, limit: int) -> Sequence[Any]:
    """The latest changes with how many rows they touched, the newest first; notes of a calendar are none."""
    done = _described().where(changes.c.command != NOTED)
    return session.execute(done.order_by(changes.c.id.desc()).limit(limit)).all()


def one_change(session: Session, change_id: int) -> Any:
    """One change."""
    return session.execute(_described().where(changes.c.id == change_id)).one()


def change_of_batch(session: Session, batch_id: int) -> Any | None:
    """The change an import was, or None."""
    return session.execute(_described().where(batches.c.id == batch_id)).one_or_none()


def drew_someone(session: Session, change_id: int) -> bool:
    """Whether the change drew someone, or let a reserve step up."""
    kinds = ledger.c.kind.in_((LedgerKind.DRAW, LedgerKind.STEP, LedgerKind.INIT))
    return session.execute(select(ledger.c.id).where(ledger.c.change_id == change_id, kinds)).first() is not None


def made_the_order_anew(session: Session, change_id: int) -> bool:
    """Whether that change, or one after it, switched the strata and so placed everybody anew."""
    switches = (ledger.c.kind == LedgerKind.STRATUM) & (ledger.c.change_id >= change_id)
    return session.execute(select(ledger.c.id).where(switches).limit(1)).first() is not None


def standing_on(session: Session, change_id: int) -> Sequence[int]:
    """The later changes that touched a row of this one, the newest first."""
    earlier = journal.alias("earlier")
    same = (journal.c.noun == earlier.c.noun) & (journal.c.row_id == earlier.c.row_id)
    later = select(journal.c.change_id).join(earlier, same).where(earlier.c.change_id == change_id, _HOLDS)
    found = later.where(journal.c.change_id > change_id).distinct().order_by(journal.c.change_id.desc())
    return list(session.execute(found.where(~_PAIRED, _DONE)).scalars())


def standing_on_batch(session: Session, batch_id: int, change_id: int) -> Sequence[int]:
    """The later changes about a customer this import added, the newest first."""
    customer = table("customer", column("id"), column("added_in"))
    about = journal.join(customer, customer.c.id == journal.c.customer_id)
    later = select(journal.c.change_id).select_from(about).where(customer.c.added_in == batch_id, _HOLDS)
    found = later.where(journal.c.change_id > change_id, _DONE).distinct().order_by(journal.c.change_id.desc())
    ids = select(customer.c.id).where(customer.c.added_in == batch_id)
    # What a later import gave to these customers is not in the journal: it is its own inverse.
    imported = [
        select(batches.c.change_id)
        .join(given, given.c.added_in == batches.c.id)
        .where(given.c.customer_id.in_(ids), batches.c.id > batch_id)
        for given in (_bare("contact", ("customer_id", "added_in")), _bare("source_id", ("customer_id", "added_in")))
    ]
    more = {one for query in imported for one in session.execute(query).scalars()}
    return sorted({*session.execute(found).scalars(), *more}, reverse=True)


def drawn_from(session: Session, change_id: int, batch_id: int | None) -> str | None:
    """The week of a draw that names a customer this change added, as called or in reserve; None without one."""
    new = (journal.c.change_id == change_id) & (journal.c.noun == "customer") & (journal.c.act == "insert")
    ids = [int(one) for one in session.execute(select(journal.c.row_id).where(new)).scalars()]
    added: list[ColumnElement[bool]] = [draw_entries.c.customer_id.in_(ids)]
    if batch_id is not None:
        customer = _bare("customer", ("id", "added_in"))
        added.append(draw_entries.c.customer_id.in_(select(customer.c.id).where(customer.c.added_in == batch_id)))
    found = select(draws.c.week).join(draw_entries, draw_entries.c.draw_id == draws.c.id).where(or_(*added))
    return session.execute(found.order_by(draws.c.id.desc()).limit(1)).scalar_one_or_none()


def is_partly_erased(session: Session, change_id: int) -> bool:
    """Whether a change touched somebody who was forgotten since, or was the forgetting itself."""
    gone = select(journal.c.id).where(journal.c.change_id == change_id, journal.c.act == ERASED)
    return session.execute(gone.limit(1)).first() is not None


def take_back(session: Session, change_id: int) -> int:
    """Puts every row of a change back as it was, the last first, and returns how many there were."""
    chosen = select(journal).where(journal.c.change_id == change_id, _HOLDS).order_by(journal.c.id.desc())
    rows = session.execute(chosen).all()
    for row in rows:
        _put_back(session, row)
    return len(rows)


def _put_back(session: Session, row: Any) -> None:
    key = _KEYS.get(row.noun, "id")
    old = json.loads(row.old) if row.old else {}
    bare = _bare(row.noun, {key, *old})
    mine = bare.c[key] == (row.row_id if key != "id" else int(row.row_id))
    if row.act == "insert":
        if row.noun == "customer":
            _drop_pairs(session, [int(row.row_id)])
        session.execute(delete(bare).where(mine))
    elif row.act == "update":
        stays = {*_COUNTED.get(row.noun, ()), *(_OUTSIDE if row.noun == "call" else ())}
        kept = {name: value for name, value in old.items() if name not in stays}
        session.execute(update(bare).where(mine).values(**kept))
    else:
        if row.noun == "duplicate":  # it may have been found again since
            session.execute(delete(bare).where(bare.c.one_id == old["one_id"], bare.c.other_id == old["other_id"]))
        if row.noun == "call" and old.get(
            "published"
        ):  # its event went with it; should it get one again, that one counts on
            old |= {"ics_sequence": old.get("ics_sequence", 0) + 1, "etag": None, "published": None}
        session.execute(insert(bare).values(**old))


def _drop_pairs(session: Session, ids: Any) -> None:
    pairs = _bare("duplicate", ("one_id", "other_id"))
    session.execute(delete(pairs).where(or_(pairs.c.one_id.in_(ids), pairs.c.other_id.in_(ids))))


def take_back_added(session: Session, batch_id: int) -> int:
    """Removes all that an import added, and returns how many rows that were."""
    gone = 0
    added = _bare("customer", ("id", "added_in"))
    _drop_pairs(session, select(added.c.id).where(added.c.added_in == batch_id))
    for name in IMPORTED:
        bare = _bare(name, {"id", "added_in"})
        wanted: list[ColumnElement[bool]] = [bare.c.added_in == batch_id]
        if name == "company":  # one that others belong to as well stays
            theirs = _bare("customer", ("company_id",))
            wanted.append(~exists().where(theirs.c.company_id == bare.c.id))
        gone += int(session.execute(select(func.count()).select_from(bare).where(*wanted)).scalar_one())
        session.execute(delete(bare).where(*wanted))
    return gone


def mark_undone(session: Session, change_id: int, by: int) -> None:
    """Records which change took another back."""
    session.execute(update(changes).where(changes.c.id == by).values(undoes=change_id))


def _bare(name: str, columns: Iterable[str]) -> TableClause:
    named: list[ColumnClause[Any]] = [column(one) for one in columns]
    return table(name, *named)
