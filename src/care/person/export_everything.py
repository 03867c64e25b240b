"""Everything held on customers, gathered piece by piece, so that a million need no more memory than a few."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import Column, Select, Table, or_, select
from sqlalchemy.orm import Session

from care.customers.birthdays import iso_birthday
from care.customers.customer_input import copied_fields
from care.customers.queries import with_company
from care.customers.records import CustomerRow
from care.db.fetch import fetch, records
from care.db.settings import policy
from care.db.tables.call import Call, attempts, calls
from care.db.tables.customer import Contact, companies, contacts, customers
from care.db.tables.draw import draw_entries, draws
from care.db.tables.imports import source_ids
from care.db.tables.interview import answers, gold, questions, wordings
from care.db.tables.issue import issues, raisers
from care.db.tables.journal import batches
from care.db.tables.ledger import ledger
from care.db.tables.owed import promises
from care.db.tables.touch import touches
from care.history.images import RowImage, images_about
from care.person.export import by_customer, contact_record
from care.person.export_rows import (
    Export,
    HeldAnswer,
    HeldAttempt,
    HeldCall,
    HeldCustomer,
    HeldDraw,
    HeldGold,
    HeldImage,
    HeldIssue,
    HeldLedgerRow,
    HeldNumber,
    HeldOrigin,
    HeldPromise,
    HeldTouch,
)

PIECE = 500
"""Customers gathered at once."""

_UNSHOWN = ("cycle", "place", "stratum")
"""What an image tells of the order of the draw, which nobody may know before it comes."""

_Row = TypeVar("_Row", bound=tuple[Any, ...])


class _Held(NamedTuple):
    """All that is held on some customers, each kind by customer; what belongs to a call by call."""

    origins: dict[int, HeldOrigin]
    contacts: dict[int, list[Contact]]
    numbers: dict[int, list[HeldNumber]]
    calls: dict[int, list[Call]]
    attempts: dict[int, list[HeldAttempt]]
    answers: dict[int, list[HeldAnswer]]
    gold: dict[int, list[HeldGold]]
    issues: dict[int, list[HeldIssue]]
    promises: dict[int, list[HeldPromise]]
    touches: dict[int, list[HeldTouch]]
    draws: dict[int, list[HeldDraw]]
    ledger: dict[int, list[HeldLedgerRow]]
    images: dict[int, list[RowImage]] | None


def _of(key: str, table: Table, record: type[tuple[Any, ...]]) -> Select[Any]:
    """The column by which rows are gathered, and those the record is made of."""
    return select(table.c[key], *(table.c[name] for name in record.__annotations__))


_NUMBERS = _of("customer_id", source_ids, HeldNumber)

_ATTEMPTS = _of("call_id", attempts, HeldAttempt)

_GOLD = _of("call_id", gold, HeldGold)

_PROMISES = _of("customer_id", promises, HeldPromise)

_TOUCHES = _of("customer_id", touches, HeldTouch)

_LEDGER = _of("customer_id", ledger, HeldLedgerRow)

_ANSWERS = (
    select(
        answers.c.call_id, answers.c.id, questions.c.key, wordings.c.text.label("question"), answers.c.words,
        answers.c.reading, answers.c.private,
    )
    .join(questions, questions.c.id == answers.c.question_id)
    .join(wordings, wordings.c.id == answers.c.wording_id)
)  # fmt: skip

_ISSUES = select(
    raisers.c.customer_id, issues.c.id, issues.c.title, issues.c.kind, issues.c.state, issues.c.note,
    issues.c.settled_at, raisers.c.call_id, raisers.c.words, raisers.c.raised_at, raisers.c.told_at, raisers.c.told_by,
    raisers.c.reaction, raisers.c.reopened,
).join(issues, issues.c.id == raisers.c.issue_id)  # fmt: skip

_DRAWS = select(
    draw_entries.c.customer_id, draws.c.week, draws.c.drawn_at, draw_entries.c.role, draw_entries.c.reason
).join(draws, draws.c.id == draw_entries.c.draw_id)


def export_head(session: Session, now: datetime) -> Export:
    """Whose export it is, and when it is made."""
    return Export(policy(session).company, now)


def held_customers(session: Session, customer_id: int | None = None) -> Iterator[HeldCustomer]:
    """Everything held on everyone, or on one customer and whoever was merged into them, in the order they were added.

    The journal, how rows about them looked before, is read for one customer only. What a later draw could be foreseen
    from is left out: place and cycle, salts, and the key.
    """
    last = 0
    while rows := _customers_after(session, last, customer_id):
        held = _held(session, rows, with_journal=customer_id is not None)
        yield from (_exported(row, held) for row in rows)
        last = rows[-1].id


def _customers_after(session: Session, last: int, customer_id: int | None) -> list[CustomerRow]:
    """The next customers after an id, merged ones too, or all that are, or were merged into, one customer."""
    chosen = select(customers, companies.c.name.label("company")).select_from(with_company())
    chosen = chosen.where(customers.c.merged_into.is_distinct_from(customers.c.id))  # who stands for the forgotten
    if customer_id is not None:
        chosen = chosen.where(or_(customers.c.id == customer_id, customers.c.merged_into == customer_id))
    return fetch(session, CustomerRow, chosen.where(customers.c.id > last).order_by(customers.c.id).limit(PIECE))


def _exported(row: CustomerRow, held: _Held) -> HeldCustomer:
    return HeldCustomer(
        id=row.id,
        uid=row.uid,
        name=row.name,
        company=row.company,
        status=row.status,
        standing=row.standing,
        contacts=tuple(contact_record(contact) for contact in held.contacts.get(row.id, ())),
        numbers=tuple(held.numbers.get(row.id, ())),
        birthday=iso_birthday(row.birth_day, row.birth_month, row.birth_year),
        joined_on=row.joined_on,
        prefers=row.hours,
        added_at=row.added_at,
        origin=None if row.added_in is None else held.origins[row.added_in],
        extra=row.extra or {},
        last_heard_at=row.last_heard_at,
        stance=row.stance,
        remember=row.remember,
        paused_until=row.paused_until,
        pause_reason=row.pause_reason,
        do_not_call_reason=row.dnc_reason,
        left_reason=row.left_reason,
        rests_until=row.free_on,
        merged_into=row.merged_into,
        calls=tuple(_exported_call(call, held) for call in held.calls.get(row.id, ())),
        issues=tuple(held.issues.get(row.id, ())),
        promises=tuple(held.promises.get(row.id, ())),
        touches=tuple(held.touches.get(row.id, ())),
        draws=tuple(held.draws.get(row.id, ())),
        ledger=tuple(held.ledger.get(row.id, ())),
        journal=None if held.images is None else tuple(_exported_image(image) for image in held.images.get(row.id, ())),
        **copied_fields(row, HeldCustomer),
    )


def _exported_call(call: Call, held: _Held) -> HeldCall:
    return HeldCall(
        id=call.id,
        week=call.week,
        kind=call.kind,
        state=call.state,
        caller=call.caller,
        starts_at=call.starts_at,
        ends_at=call.ends_at,
        held_at=call.held_at,
        closed_at=call.closed_at,
        minutes=call.minutes,
        how=call.how,
        stance=call.stance,
        sold=call.sold,
        defended=call.defended,
        listeners=call.listeners,
        skip_reason=call.skip_reason,
        carried_from=call.carried_from,
        attempts=tuple(held.attempts.get(call.id, ())),
        answers=tuple(held.answers.get(call.id, ())),
        gold=tuple(held.gold.get(call.id, ())),
    )


def _exported_image(image: RowImage) -> HeldImage:
    before = image.before
    if before is not None:
        before = {name: value for name, value in before.items() if name not in _UNSHOWN}
    return HeldImage(image.id, image.at, image.command, image.caller, image.noun, image.row_id, image.act, before)


def _held(session: Session, rows: Sequence[CustomerRow], *, with_journal: bool) -> _Held:
    ids = [row.id for row in rows]
    batch_ids = {row.added_in for row in rows} - {None}
    origins = select(batches.c.id, batches.c.file, batches.c.layout, batches.c.at).where(batches.c.id.in_(batch_ids))
    of_contacts = select(contacts).where(contacts.c.customer_id.in_(ids))
    of_contacts = of_contacts.order_by(contacts.c.kind.desc(), contacts.c.rank, contacts.c.id)
    of_calls = select(calls).where(calls.c.customer_id.in_(ids)).order_by(calls.c.id)
    return _Held(
        origins={row.id: row for row in fetch(session, HeldOrigin, origins)},
        contacts=by_customer(fetch(session, Contact, of_contacts)),
        numbers=_rows(session, HeldNumber, _NUMBERS, source_ids, ids, source_ids.c.id),
        calls=by_customer(fetch(session, Call, of_calls)),
        attempts=_rows(session, HeldAttempt, _ATTEMPTS, attempts, ids, attempts.c.at, attempts.c.id),
        answers=_rows(session, HeldAnswer, _ANSWERS, answers, ids, answers.c.id),
        gold=_rows(session, HeldGold, _GOLD, gold, ids, gold.c.id),
        issues=_rows(session, HeldIssue, _ISSUES, raisers, ids, raisers.c.raised_at, raisers.c.id),
        promises=_rows(session, HeldPromise, _PROMISES, promises, ids, promises.c.id),
        touches=_rows(session, HeldTouch, _TOUCHES, touches, ids, touches.c.at, touches.c.id),
        draws=_rows(session, HeldDraw, _DRAWS, draw_entries, ids, draw_entries.c.id),
        ledger=_rows(session, HeldLedgerRow, _LEDGER, ledger, ids, ledger.c.id),
        images=by_customer(images_about(session, ids)) if with_journal else None,
    )


def _rows(
    session: Session,
    record: type[_Row],
    chosen: Select[Any],
    whose: Table,
    ids: Sequence[int],
    *order: Column[Any],
) -> dict[int, list[_Row]]:
    """The rows about these customers, by the first column of the select; the others are the fields of the record."""
    result = session.execute(chosen.where(whose.c.customer_id.in_(ids)).order_by(*order))
    labels, rows = tuple(result.keys()), result.all()
    found: dict[int, list[_Row]] = {}
    for row, made in zip(rows, records(record, labels[1:], (row[1:] for row in rows)), strict=True):
        found.setdefault(row[0], []).append(made)
    return found
