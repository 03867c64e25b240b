"""Putting rows back as they were before a change: the one place that writes a row image back."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import (
    ColumnClause,
    ColumnElement,
    Select,
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

from care.db.tables.customer import customers
from care.db.tables.journal import changes
from care.history.images import INSERT, UPDATE, RowImage, images_of_change, key_of

_IMPORTED = ("source_id", "contact", "customer", "company")
"""What an import adds, in the order in which it can be taken away."""

_COUNTED = {"customer": {"planned"}, "issue": {"raisers", "waiting"}}
"""What triggers count: they count on while rows come back, so an image must not set it as well."""

_OUTSIDE = {"call": {"ics_uid", "ics_sequence", "etag", "published"}}
"""What notes how a call stands in a calendar: taking a change back here does not change it there."""


def take_back(session: Session, change_id: int) -> int:
    """Puts every row of a change back as it was, the last first, and returns how many there were."""
    images = images_of_change(session, change_id)
    for image in reversed(images):
        _put_back(session, image)
    return len(images)


def _put_back(session: Session, image: RowImage) -> None:
    key, old = key_of(image.noun), image.before or {}
    bare = _bare(image.noun, {key, *old})
    mine = bare.c[key] == (image.row_id if key != "id" else int(image.row_id))
    if image.act == INSERT:
        if image.noun == "customer":
            _drop_pairs(session, [int(image.row_id)])
        session.execute(delete(bare).where(mine))
    elif image.act == UPDATE:
        stays = _COUNTED.get(image.noun, set()) | _OUTSIDE.get(image.noun, set())
        kept = {name: value for name, value in old.items() if name not in stays}
        session.execute(update(bare).where(mine).values(**kept))
    else:
        if image.noun == "duplicate":  # it may have been found again since
            session.execute(delete(bare).where(bare.c.one_id == old["one_id"], bare.c.other_id == old["other_id"]))
        if image.noun == "call" and old.get("published"):
            # Its event went with it; should it get one again, that one counts on.
            old |= {"ics_sequence": old.get("ics_sequence", 0) + 1, "etag": None, "published": None}
        session.execute(insert(bare).values(**old))


def take_back_added(session: Session, batch_id: int) -> int:
    """Removes all that an import added, and returns how many rows that were."""
    gone = 0
    _drop_pairs(session, customers_added(batch_id))
    for noun in _IMPORTED:
        bare = _bare(noun, ("id", "added_in"))
        wanted: list[ColumnElement[bool]] = [bare.c.added_in == batch_id]
        if noun == "company":  # one that others belong to as well stays
            wanted.append(~exists().where(customers.c.company_id == bare.c.id))
        gone += int(session.execute(select(func.count()).select_from(bare).where(*wanted)).scalar_one())
        session.execute(delete(bare).where(*wanted))
    return gone


def customers_added(batch_id: int) -> Select[tuple[int]]:
    """The ids of the customers an import added, as a select."""
    return select(customers.c.id).where(customers.c.added_in == batch_id)


def mark_undone(session: Session, change_id: int, by: int) -> None:
    """Records which change took another back."""
    session.execute(update(changes).where(changes.c.id == by).values(undoes=change_id))


def _drop_pairs(session: Session, ids: Sequence[int] | Select[tuple[int]]) -> None:
    pairs = _bare("duplicate", ("one_id", "other_id"))
    session.execute(delete(pairs).where(or_(pairs.c.one_id.in_(ids), pairs.c.other_id.in_(ids))))


def _bare(noun: str, columns: Iterable[str]) -> TableClause:
    named: list[ColumnClause[Any]] = [column(name) for name in columns]
    return table(noun, *named)
