"""Everything a verification looks at, read once."""

import json
from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from care.db.fetch import fetch
from care.db.tables.call import Call, calls
from care.db.tables.customer import customers
from care.db.tables.draw import Draw, DrawEntry, Pointer, StratumBefore, draw_entries, draws, pointers, strata_before
from care.db.tables.journal import batches, journal
from care.db.tables.ledger import Ledger, ledger
from care.db.tables.setting import secrets, settings
from care.verify.order import FIRST_CYCLE, Turn
from care.words import CallKind, Eligibility


class PresentCustomer(NamedTuple):
    """How a customer stands now, as far as the draw goes."""

    id: int
    uid: str
    standing: Eligibility
    segment: str | None
    stratum: str
    cycle: int
    place: int
    added_in: int | None
    merged_into: int | None


class FirstImage(NamedTuple):
    """The first row image of a customer, as JSON."""

    row_id: str
    old: str


class EarlierSegment(NamedTuple):
    """A segment a customer was once in."""

    row_id: str
    segment: str | None


class BatchChange(NamedTuple):
    """The change an import was."""

    id: int
    change_id: int


class Evidence(NamedTuple):
    """What is stored about the draws.

    ``entries`` are by draw and in rank, ``calls`` the drawn ones by id, ``people`` by id, and ``members`` the people
    each import brought. ``left`` has for each customer who ever changed strata (change, the stratum left in it), the
    first change first. ``batches`` gives the change of each import, and ``first`` standing and cycle of customers
    before anything about them changed, where anything did.
    """

    key: bytes
    draws: list[Draw]
    entries: Mapping[int, list[DrawEntry]]
    calls: Mapping[int, Call]
    people: Mapping[int, PresentCustomer]
    members: Mapping[int, list[PresentCustomer]]
    left: Mapping[int, list[tuple[int, str]]]
    batches: Mapping[int, int]
    first: Mapping[int, tuple[Eligibility, int]]
    pointers: Mapping[str, Turn]
    first_cycle: int


def gather(session: Session) -> Evidence:
    """What a verification needs, but for the ledger."""
    people = _people(session)
    members = defaultdict(list)
    for customer in people:
        if customer.added_in is not None:
            members[customer.added_in].append(customer)
    drawn = select(calls).where(calls.c.kind == CallKind.DRAWN)
    first_cycle = _first_cycle(session)
    return Evidence(
        key=_key(session),
        draws=fetch(session, Draw, select(draws).order_by(draws.c.id)),
        entries=_entries(session),
        calls={call.id: call for call in fetch(session, Call, drawn)},
        people={customer.id: customer for customer in people},
        members=members,
        left=_strata_left(session),
        batches={
            batch.id: batch.change_id
            for batch in fetch(session, BatchChange, select(batches.c.id, batches.c.change_id))
        },
        first=_first_images(session),
        pointers={
            pointer.stratum: Turn(pointer.cycle, pointer.place)
            for pointer in fetch(session, Pointer, select(pointers).where(pointers.c.cycle >= first_cycle))
        },
        first_cycle=first_cycle,
    )


def ledger_rows(session: Session) -> list[Ledger]:
    """The ledger from its first row."""
    return fetch(session, Ledger, select(ledger).order_by(ledger.c.id))


def segments_ever(session: Session, ids: Collection[int]) -> dict[int, set[str | None]]:
    """The segments these customers were in before changes of them."""
    segment = func.json_extract(journal.c.old, "$.segment").label("segment")
    images = select(journal.c.row_id, segment).where(
        journal.c.noun == "customer",
        journal.c.row_id.in_([str(number) for number in ids]),
        journal.c.act.in_(("update", "delete")),
        journal.c.old.is_not(None),
    )
    segments = defaultdict(set)
    for image in fetch(session, EarlierSegment, images.distinct()):
        segments[int(image.row_id)].add(image.segment)
    return segments


def _key(session: Session) -> bytes:
    return bytes.fromhex(session.execute(select(secrets.c.value).where(secrets.c.name == "draw")).scalar_one())


def _first_cycle(session: Session) -> int:
    value = session.execute(select(settings.c.value).where(settings.c.key == "first cycle")).scalar_one_or_none()
    return FIRST_CYCLE if value is None else int(value)


def _people(session: Session) -> list[PresentCustomer]:
    columns = [customers.c[name] for name in PresentCustomer._fields]
    return fetch(session, PresentCustomer, select(*columns).order_by(customers.c.id))


def _entries(session: Session) -> dict[int, list[DrawEntry]]:
    entries = defaultdict(list)
    for entry in fetch(session, DrawEntry, select(draw_entries).order_by(draw_entries.c.draw_id, draw_entries.c.rank)):
        entries[entry.draw_id].append(entry)
    return dict(entries)


def _strata_left(session: Session) -> dict[int, list[tuple[int, str]]]:
    left = defaultdict(list)
    for row in fetch(session, StratumBefore, select(strata_before).order_by(strata_before.c.id)):
        left[row.customer_id].append((row.change_id, row.stratum))
    return dict(left)


def _first_images(session: Session) -> dict[int, tuple[Eligibility, int]]:
    first = select(func.min(journal.c.id)).where(
        journal.c.noun == "customer", journal.c.act.in_(("update", "delete")), journal.c.old.is_not(None)
    )
    chosen = select(journal.c.row_id, journal.c.old).where(journal.c.id.in_(first.group_by(journal.c.row_id)))
    images = ((int(image.row_id), json.loads(image.old)) for image in fetch(session, FirstImage, chosen))
    return {number: (Eligibility(old["standing"]), int(old["cycle"])) for number, old in images}
