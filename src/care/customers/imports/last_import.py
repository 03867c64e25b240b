"""What the last imports left for the next: what columns mean, and the file taken last."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from care.db.fetch import fetch, fetch_one
from care.db.tables.imports import Origin, StoredLayout, layouts, origins
from care.errors import WrongUsage


class ColumnMeanings(NamedTuple):
    """What a person said of the columns of a layout: the field of a header, and what (header, value) means."""

    columns: Mapping[str, str]
    values: Mapping[tuple[str, str], str]


class LastFile(NamedTuple):
    """Where the file taken last lay, and the options it was taken with, by name."""

    path: str
    said: Mapping[str, str]


def known_meanings(session: Session) -> dict[str, ColumnMeanings]:
    """What was said of each layout, by what its external ids are counted by."""
    return {
        row.source: ColumnMeanings(row.columns, {(column, value): meaning for column, value, meaning in row.meanings})
        for row in all_layouts(session)
    }


def remember_meanings(session: Session, source: str, said: ColumnMeanings) -> None:
    """Keeps what was said of a layout for its next file; of a column said before, the later word counts."""
    if not said.columns and not said.values:
        return
    before = known_meanings(session).get(source, ColumnMeanings({}, {}))
    meanings = {**before.values, **said.values}
    rows = [[column, value, meaning] for (column, value), meaning in meanings.items()]
    keep_layout(session, source, {**before.columns, **said.columns}, rows)


def remember_file(session: Session, batch_id: int, path: str, said: Mapping[str, str]) -> None:
    """Keeps where the file lay and how it was read, so that it can be taken again."""
    add_origin(session, batch_id, path, said)


def last_file(session: Session) -> LastFile:
    """The file taken last. Raises WrongUsage before the first import."""
    row = last_origin(session)
    if row is None:
        raise WrongUsage("nothing was imported yet. Name a file: care customers import FILE.")
    return LastFile(row.path, row.said)


def all_layouts(session: Session) -> list[StoredLayout]:
    """What a person said of the columns of each layout."""
    return fetch(session, StoredLayout, select(layouts).order_by(layouts.c.source))


def keep_layout(session: Session, source: str, columns: Mapping[str, str], meanings: Sequence[Sequence[str]]) -> None:
    """Keeps what is said of the columns of a layout, in place of what was."""
    values = {"source": source, "columns": dict(columns), "meanings": [list(meaning) for meaning in meanings]}
    before = fetch_one(session, StoredLayout, select(layouts).where(layouts.c.source == source))
    if before is not None:
        if (before.columns, before.meanings) == (values["columns"], values["meanings"]):
            return
        session.execute(delete(layouts).where(layouts.c.source == source))
    session.execute(insert(layouts).values(**values))


def add_origin(session: Session, batch_id: int, path: str, said: Mapping[str, str]) -> None:
    """Records where the file of an import lay, and how it was to be read."""
    session.execute(insert(origins).values(batch_id=batch_id, path=path, said=dict(said)))


def last_origin(session: Session) -> Origin | None:
    """Where the file taken last lay, and how it was to be read; None before the first."""
    return fetch_one(session, Origin, select(origins).order_by(origins.c.batch_id.desc()).limit(1))
