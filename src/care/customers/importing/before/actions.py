"""Where what was said at earlier imports meets the store."""

from collections.abc import Mapping
from typing import NamedTuple

from sqlalchemy.orm import Session

from care.errors import WrongUsage
from care.store import layouts as store


class Said(NamedTuple):
    """What a person said of the columns of a layout: the field of a header, and what (header, value) means."""

    columns: Mapping[str, str]
    values: Mapping[tuple[str, str], str]


class Origin(NamedTuple):
    """Where the file taken last lay, and the options it was taken with, by name."""

    path: str
    said: Mapping[str, str]


def said_before(session: Session) -> dict[str, Said]:
    """What was said of each layout, by what its external ids are counted by."""
    return {
        row.source: Said(row.columns, {(column, value): meaning for column, value, meaning in row.meanings})
        for row in store.all_layouts(session)
    }


def remember(session: Session, source: str, said: Said) -> None:
    """Keeps what was said of a layout for its next file; of a column said before, the later word counts."""
    if not said.columns and not said.values:
        return
    before = said_before(session).get(source, Said({}, {}))
    meanings = {**before.values, **said.values}
    rows = [[column, value, meaning] for (column, value), meaning in meanings.items()]
    store.keep_layout(session, source, {**before.columns, **said.columns}, rows)


def remember_file(session: Session, batch_id: int, path: str, said: Mapping[str, str]) -> None:
    """Keeps where the file lay and how it was read, so that it can be taken again."""
    store.add_origin(session, batch_id, path, said)


def last_file(session: Session) -> Origin:
    """The file taken last. Raises WrongUsage before the first import."""
    row = store.last_origin(session)
    if row is None:
        raise WrongUsage("nothing was imported yet. Name a file: care customers import FILE.")
    return Origin(row.path, row.said)
