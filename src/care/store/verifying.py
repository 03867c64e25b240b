"""Everything that was sealed or recorded, read from its beginning to be verified."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from care.model.call import calls
from care.model.customer import customers
from care.model.draw import draw_entries, draws
from care.model.journal import batches, journal
from care.model.ledger import ledger
from care.words import CallKind, Standing


def ledger_rows(session: Session) -> Iterator[Any]:
    """The ledger from its first row."""
    yield from session.execute(select(ledger).order_by(ledger.c.id))


def all_draws(session: Session) -> Sequence[Any]:
    """Every draw and supplement, oldest first."""
    return session.execute(select(draws).order_by(draws.c.id)).all()


def entries_by_draw(session: Session) -> dict[int, list[Any]]:
    """The entries of each draw, in rank."""
    found: dict[int, list[Any]] = {}
    for row in session.execute(select(draw_entries).order_by(draw_entries.c.draw_id, draw_entries.c.rank)):
        found.setdefault(row.draw_id, []).append(row)
    return found


def drawn_calls(session: Session) -> dict[int, Any]:
    """The calls the draw gave, by id."""
    chosen = select(calls).where(calls.c.kind == CallKind.DRAWN)
    return {row.id: row for row in session.execute(chosen)}


def present(session: Session) -> Iterator[Any]:
    """How every customer stands now, in these columns."""
    columns = ("id", "uid", "standing", "stratum", "cycle", "place", "added_in", "merged_into")
    yield from session.execute(select(*(customers.c[name] for name in columns)).order_by(customers.c.id))


def first_stands(session: Session) -> dict[int, tuple[Standing, int]]:
    """Standing and cycle of customers before anything about them changed, of those of whom anything did."""
    first = select(func.min(journal.c.id)).where(
        journal.c.noun == "customer", journal.c.act.in_(("update", "delete")), journal.c.old.is_not(None)
    )
    images = select(journal.c.row_id, journal.c.old).where(journal.c.id.in_(first.group_by(journal.c.row_id)))
    found = ((int(row.row_id), json.loads(row.old)) for row in session.execute(images))
    return {one: (Standing(old["standing"]), int(old["cycle"])) for one, old in found}


def batch_changes(session: Session) -> dict[int, int]:
    """The change each import was."""
    return {row.id: row.change_id for row in session.execute(select(batches.c.id, batches.c.change_id))}
