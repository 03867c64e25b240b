"""Bringing rows back from the journal.

Images hold values as SQLite keeps them, so they are written through bare columns that know no types.
"""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnClause, TableClause, column, delete, func, insert, select, table, update
from sqlalchemy.orm import Session

from care.model.change import batches, changes, journal
from care.model.ledger import ledger
from care.store.search import index_names
from care.words import LedgerKind

_KEYS = {"setting": "key", "week_off": "week"}
IMPORTED = ("source_id", "contact", "customer", "company")
"""What an import adds, in the order in which it can be taken away."""

_UNDONE = changes.alias("undone")


def _described() -> Any:
    rows = select(func.count()).where(journal.c.change_id == changes.c.id).scalar_subquery()
    taken_back = select(func.max(_UNDONE.c.id)).where(_UNDONE.c.undoes == changes.c.id).scalar_subquery()
    beside = changes.outerjoin(batches, batches.c.change_id == changes.c.id)
    columns = (rows.label("rows"), taken_back.label("undone_by"), batches.c.id.label("batch"), batches.c.file)
    return select(changes, *columns).select_from(beside)


def latest_changes(session: Session, limit: int) -> Sequence[Any]:
    """The latest changes with how many rows they touched, the newest first."""
    return session.execute(_described().order_by(changes.c.id.desc()).limit(limit)).all()


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


def standing_on(session: Session, change_id: int) -> Sequence[int]:
    """The later changes that touched a row of this one, the newest first."""
    earlier = journal.alias("earlier")
    same = (journal.c.noun == earlier.c.noun) & (journal.c.row_id == earlier.c.row_id)
    later = select(journal.c.change_id).join(earlier, same).where(earlier.c.change_id == change_id)
    found = later.where(journal.c.change_id > change_id).distinct().order_by(journal.c.change_id.desc())
    return list(session.execute(found).scalars())


def standing_on_batch(session: Session, batch_id: int, change_id: int) -> Sequence[int]:
    """The later changes about a customer this import added, the newest first."""
    customer = table("customer", column("id"), column("added_in"))
    about = journal.join(customer, customer.c.id == journal.c.customer_id)
    later = select(journal.c.change_id).select_from(about).where(customer.c.added_in == batch_id)
    found = later.where(journal.c.change_id > change_id).distinct().order_by(journal.c.change_id.desc())
    return list(session.execute(found).scalars())


def take_back(session: Session, change_id: int) -> int:
    """Puts every row of a change back as it was, the last first, and returns how many there were."""
    chosen = select(journal).where(journal.c.change_id == change_id).order_by(journal.c.id.desc())
    rows = session.execute(chosen).all()
    returned = [row.row_id for row in rows if _put_back(session, row) and row.noun == "customer"]
    index_names(session, [int(one) for one in returned])
    return len(rows)


def _put_back(session: Session, row: Any) -> bool:
    """Puts one row back; whether it had been gone."""
    key = _KEYS.get(row.noun, "id")
    old = json.loads(row.old) if row.old else {}
    bare = _bare(row.noun, {key, *old})
    mine = bare.c[key] == (row.row_id if key != "id" else int(row.row_id))
    if row.act == "insert":
        session.execute(delete(bare).where(mine))
    elif row.act == "update":
        session.execute(update(bare).where(mine).values(**old))
    else:
        session.execute(insert(bare).values(**old))
    return bool(row.act == "delete")


def take_back_added(session: Session, batch_id: int) -> int:
    """Removes all that an import added, and returns how many rows that were."""
    gone = 0
    for name in IMPORTED:
        bare = _bare(name, {"id", "added_in"})
        mine = bare.c.added_in == batch_id
        gone += int(session.execute(select(func.count()).select_from(bare).where(mine)).scalar_one())
        session.execute(delete(bare).where(mine))
    return gone


def mark_undone(session: Session, change_id: int, by: int) -> None:
    """Records which change took another back."""
    session.execute(update(changes).where(changes.c.id == by).values(undoes=change_id))


def _bare(name: str, columns: Iterable[str]) -> TableClause:
    named: list[ColumnClause[Any]] = [column(one) for one in columns]
    return table(name, *named)
