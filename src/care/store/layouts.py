"""What was said of files before: of the columns of a layout, and of the file taken last."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from care.model.layout import layouts, origins


def all_layouts(session: Session) -> Sequence[Any]:
    """What a person said of the columns of each layout."""
    return session.execute(select(layouts).order_by(layouts.c.source)).all()


def keep_layout(session: Session, source: str, columns: Mapping[str, str], meanings: Sequence[Sequence[str]]) -> None:
    """Keeps what is said of the columns of a layout, in place of what was."""
    values = {"source": source, "columns": dict(columns), "meanings": [list(one) for one in meanings]}
    before = session.execute(select(layouts).where(layouts.c.source == source)).one_or_none()
    if before is not None:
        if (before.columns, before.meanings) == (values["columns"], values["meanings"]):
            return
        session.execute(delete(layouts).where(layouts.c.source == source))
    session.execute(insert(layouts).values(**values))


def add_origin(session: Session, batch_id: int, path: str, said: Mapping[str, str]) -> None:
    """Records where the file of an import lay, and how it was to be read."""
    session.execute(insert(origins).values(batch_id=batch_id, path=path, said=dict(said)))


def last_origin(session: Session) -> Any | None:
    """Where the file taken last lay, and how it was to be read; None before the first."""
    return session.execute(select(origins).order_by(origins.c.batch_id.desc()).limit(1)).one_or_none()
