"""How rows looked before each change of them: the one reader of the journal.

A row image is a row as it was before a change, beside that change. What was erased with a forgotten customer is no
image any more. Columns have their values as SQLite keeps them: an instant is text, a boolean 0 or 1.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, column, literal_column, select, table
from sqlalchemy.orm import Session

from care.db.fetch import fetch
from care.db.journal import ERASED, NOTED
from care.db.tables.journal import changes, journal

Columns = dict[str, Any]
"""A row, column by column, as SQLite keeps it."""

INSERT, UPDATE, DELETE = "insert", "update", "delete"

_KEYS = {"setting": "key", "week_off": "week", "layout": "source"}

_HOLDS: ColumnElement[bool] = journal.c.act != ERASED

_plain_noun = journal.c.noun.concat("")
"""The noun where something else is looked for: by its index SQLite would walk every row of that noun there was."""

_DONE = journal.c.change_id.not_in(select(changes.c.id).where(changes.c.command == NOTED))


class RowImage(NamedTuple):
    """A row before a change, and the change. ``act`` is ``INSERT``, ``UPDATE`` or ``DELETE``.

    ``row_id`` is the key of the row as text, ``customer_id`` the customer it is about, ``old`` the row as a JSON
    object, or None where it was new. ``at``, ``command``, ``caller`` and ``undoes`` are those of the change.
    """

    id: int
    change_id: int
    noun: str
    row_id: str
    act: str
    customer_id: int | None
    old: str | None
    at: datetime
    command: str
    caller: str | None
    undoes: int | None

    @property
    def row(self) -> tuple[str, str]:
        """Which row it is of: noun and key."""
        return self.noun, self.row_id

    @property
    def before(self) -> Columns | None:
        """The row as it was, or None where it was new."""
        return None if self.old is None else dict(json.loads(self.old))


class RowChange(NamedTuple):
    """A row before and after a change; ``before`` is None where it was new, ``after`` where it was gone."""

    image: RowImage
    before: Columns | None
    after: Columns | None


def images_of_rows(session: Session, noun: str, row_ids: Iterable[int]) -> list[RowImage]:
    """Every image of these rows, oldest first."""
    keys = [str(row_id) for row_id in row_ids]
    return _images(session, _chosen().where(journal.c.noun == noun, journal.c.row_id.in_(keys)))


def images_about(session: Session, customer_ids: Sequence[int]) -> list[RowImage]:
    """Every image of a row about these customers, oldest first.

    What an import added has none.
    """
    return _images(session, _chosen().where(journal.c.customer_id.in_(customer_ids)))


def images_of_change(session: Session, change_id: int) -> list[RowImage]:
    """The images of one change, oldest first."""
    return _images(session, _chosen().where(journal.c.change_id == change_id))


def _chosen() -> Select[Any]:
    beside = (changes.c.at, changes.c.command, changes.c.caller, changes.c.undoes)
    return select(journal, *beside).join(changes, changes.c.id == journal.c.change_id).where(_HOLDS)


def _images(session: Session, chosen: Select[Any]) -> list[RowImage]:
    return fetch(session, RowImage, chosen.order_by(journal.c.id))


def rows_changed_since(session: Session, noun: str, since: datetime, *, without: str) -> list[int]:
    """The rows of a noun that changes from that instant on touched, but for changes of the command ``without``."""
    before = select(changes.c.id).where(changes.c.at < since).order_by(changes.c.id.desc()).limit(1)
    last = session.execute(before).scalar_one_or_none() or 0
    later = (changes.c.id > last) & (changes.c.command != without)
    beside = journal.join(changes, changes.c.id == journal.c.change_id)
    chosen = select(journal.c.row_id).select_from(beside).where(later, _plain_noun == noun).distinct()
    return [int(key) for key in session.execute(chosen).scalars()]


def rows_changed_with(session: Session, noun: str, row_id: int) -> list[int]:
    """The rows of the same noun that some change touched together with this one, itself among them."""
    rows = journal.alias("rows")
    together = select(rows.c.change_id).where(rows.c.noun == noun, rows.c.row_id == str(row_id))
    chosen = select(journal.c.row_id).where(_plain_noun == noun, journal.c.change_id.in_(together)).distinct()
    return [int(key) for key in session.execute(chosen).scalars()]


def changes_on_rows_of(session: Session, change_id: int) -> set[int]:
    """The later changes that touched a row this change touched; pairs of duplicates and notes of a calendar apart."""
    first = journal.alias("first")
    same = (journal.c.noun == first.c.noun) & (journal.c.row_id == first.c.row_id)
    later = select(journal.c.change_id).join(first, same).where(first.c.change_id == change_id, _HOLDS)
    chosen = later.where(journal.c.change_id > change_id, journal.c.noun != "duplicate", _DONE).distinct()
    return set(session.execute(chosen).scalars())


def changes_about(session: Session, customer_ids: Select[tuple[int]], after: int) -> set[int]:
    """The changes after one that touched a row about these customers; notes of a calendar apart."""
    about = select(journal.c.change_id).where(journal.c.customer_id.in_(customer_ids), _HOLDS)
    return set(session.execute(about.where(journal.c.change_id > after, _DONE).distinct()).scalars())


def is_partly_erased(session: Session, change_id: int) -> bool:
    """Whether a change touched somebody who was forgotten since, or was the forgetting itself."""
    gone = select(journal.c.id).where(journal.c.change_id == change_id, ~_HOLDS)
    return session.execute(gone.limit(1)).first() is not None


def row_changes(session: Session, images: Sequence[RowImage]) -> list[RowChange]:
    """Each image with the row as it was after that change, in the order of the images.

    That is how the row was before the next of the images, and after the last of them how it is in the store.
    """
    latest: dict[tuple[str, str], Columns | None] = dict(_rows_as_kept(session, {image.row for image in images}))
    found = []
    for image in reversed(images):
        before = image.before
        found.append(RowChange(image, before, latest.get(image.row)))
        latest[image.row] = before
    return found[::-1]


def in_one_step(row_changes: Iterable[RowChange]) -> list[RowChange]:
    """The same with one step for each row that a change wrote: its first image, and the row after the last.

    They are in the order of the last images.
    """
    steps: dict[tuple[int, tuple[str, str]], RowChange] = {}
    for change in row_changes:
        key = change.image.change_id, change.image.row
        first = steps.pop(key, change)
        steps[key] = RowChange(first.image, first.before, change.after)
    return list(steps.values())


def _rows_as_kept(session: Session, rows: set[tuple[str, str]]) -> Iterator[tuple[tuple[str, str], Columns]]:
    for noun in sorted({noun for noun, _ in rows}):
        key = key_of(noun)
        keys = [row_id if key != "id" else int(row_id) for name, row_id in rows if name == noun]
        bare: Select[Any] = select(literal_column("*")).select_from(table(noun)).where(column(key).in_(keys))
        for row in session.execute(bare).mappings():
            yield (noun, str(row[key])), dict(row)


def key_of(noun: str) -> str:
    """The column that tells the rows of a noun apart."""
    return _KEYS.get(noun, "id")
