"""Where an export of everything meets the store."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import Session

from care.customers.birthdays import iso_birthday
from care.customers.queries import with_company
from care.customers.records import ContactRecord
from care.db.settings import policy
from care.db.tables.call import attempts, calls
from care.db.tables.customer import companies, contacts, customers
from care.db.tables.draw import draw_entries, draws
from care.db.tables.imports import source_ids
from care.db.tables.interview import answers, gold, questions, wordings
from care.db.tables.issue import issues, raisers
from care.db.tables.journal import batches, changes, journal
from care.db.tables.ledger import ledger
from care.db.tables.owed import promises
from care.db.tables.touch import touches
from care.person import export_rows
from care.person.export_rows import Export, HeldCall, HeldCustomer, HeldImage, HeldOrigin

PIECE = 500
"""Customers gathered at once."""


_UNSHOWN = ("cycle", "place", "stratum")
"""What an image tells of the order of the draw, which nobody may know before it comes."""


_RECORDS: dict[str, Any] = {
    "contact": ContactRecord,
    "number": export_rows.HeldNumber,
    "attempt": export_rows.HeldAttempt,
    "answer": export_rows.HeldAnswer,
    "gold": export_rows.HeldGold,
    "issue": export_rows.HeldIssue,
    "promise": export_rows.HeldPromise,
    "touch": export_rows.HeldTouch,
    "draw": export_rows.HeldDraw,
    "ledger": export_rows.HeldLedgerRow,
}


_Record = TypeVar("_Record")


def export_head(session: Session, now: datetime) -> Export:
    """Whose export it is, and when it is made."""
    return Export(policy(session).company, now)


def held_customers(session: Session, customer_id: int | None = None) -> Iterator[HeldCustomer]:
    """Everything held on everyone, or on one customer and whoever was merged into them, in the order they were added.

    The journal, how rows about them looked before, is read for one customer only. What a later draw could be foreseen
    from is left out: place and cycle, salts, and the key.
    """
    last = 0
    while rows := customers_after(session, last, PIECE, customer_id):
        yield from _gathered(session, rows, with_journal=customer_id is not None)
        last = rows[-1].id


def _gathered(session: Session, rows: Sequence[Any], *, with_journal: bool) -> Iterator[HeldCustomer]:
    ids = [row.id for row in rows]
    held = {kind: held_rows(session, kind, ids) for kind in ("call", *_RECORDS)}
    images = held_rows(session, "journal", ids) if with_journal else {}
    for row in rows:
        theirs = {kind: tuple(_made(record, one) for one in held[kind].get(row.id, ()))
                  for kind, record in _RECORDS.items() if kind not in _OF_CALLS}  # fmt: skip
        of_calls = {kind: held[kind].get(row.id, ()) for kind in _OF_CALLS}
        yield _made(
            HeldCustomer,
            row,
            contacts=theirs["contact"],
            numbers=theirs["number"],
            birthday=iso_birthday(row.birth_day, row.birth_month, row.birth_year),
            origin=None if row.added_in is None else HeldOrigin(row.added_in, row.file, row.layout, row.imported_at),
            prefers=row.hours,
            extra=row.extra or {},
            do_not_call_reason=row.dnc_reason,
            rests_until=row.free_on,
            calls=tuple(_call(one, of_calls) for one in held["call"].get(row.id, ())),
            issues=theirs["issue"],
            promises=theirs["promise"],
            touches=theirs["touch"],
            draws=theirs["draw"],
            ledger=theirs["ledger"],
            journal=tuple(_image(one) for one in images.get(row.id, ())) if with_journal else None,
        )


_OF_CALLS = {"attempt": "attempts", "answer": "answers", "gold": "gold"}


def _call(row: Any, of_calls: Mapping[str, Sequence[Any]]) -> HeldCall:
    parts = {
        name: tuple(_made(_RECORDS[kind], one) for one in of_calls[kind] if one.call_id == row.id)
        for kind, name in _OF_CALLS.items()
    }
    return _made(HeldCall, row, **parts)


def _image(row: Any) -> HeldImage:
    before = None if row.old is None else json.loads(row.old)
    if before is not None:
        before = {name: value for name, value in before.items() if name not in _UNSHOWN}
    return _made(HeldImage, row, before=before)


def _made(record: type[_Record], row: Any, **more: Any) -> _Record:
    """The record with these fields, and the others from the row's columns of their names."""
    names = (field.name for field in fields(record))  # type: ignore[arg-type]
    return record(**{name: more[name] if name in more else getattr(row, name) for name in names})


def customers_after(session: Session, last: int, size: int, customer_id: int | None = None) -> Sequence[Any]:
    """The next customers after an id, merged ones too, or all that are, or were merged into, one customer."""
    beside = with_company().outerjoin(batches, batches.c.id == customers.c.added_in)
    origin = (batches.c.file, batches.c.layout, batches.c.at.label("imported_at"))
    chosen = select(customers, companies.c.name.label("company"), *origin).select_from(beside)
    chosen = chosen.where(customers.c.merged_into.is_distinct_from(customers.c.id))  # who stands for the forgotten
    if customer_id is not None:
        chosen = chosen.where(or_(customers.c.id == customer_id, customers.c.merged_into == customer_id))
    return session.execute(chosen.where(customers.c.id > last).order_by(customers.c.id).limit(size)).all()


_ANSWERED = answers.join(questions, questions.c.id == answers.c.question_id)


_HELD: dict[str, tuple[Select[Any], Any, tuple[ColumnElement[Any], ...]]] = {
    "contact": (select(contacts), contacts, (contacts.c.kind.desc(), contacts.c.rank, contacts.c.id)),
    "number": (select(source_ids), source_ids, (source_ids.c.id,)),
    "call": (select(calls), calls, (calls.c.id,)),
    "attempt": (select(attempts), attempts, (attempts.c.at, attempts.c.id)),
    "answer": (
        select(answers, questions.c.key, wordings.c.text.label("question")).select_from(
            _ANSWERED.join(wordings, wordings.c.id == answers.c.wording_id)
        ),
        answers,
        (answers.c.id,),
    ),
    "gold": (select(gold), gold, (gold.c.id,)),
    "issue": (
        select(
            issues.c.id, issues.c.title, issues.c.kind, issues.c.state, issues.c.note, issues.c.settled_at,
            *(raisers.c[name] for name in (
                "customer_id", "call_id", "words", "raised_at", "told_at", "told_by", "reaction", "reopened"
            )),
        ).join(raisers, raisers.c.issue_id == issues.c.id),
        raisers,
        (raisers.c.raised_at, raisers.c.id),
    ),
    "promise": (select(promises), promises, (promises.c.id,)),
    "touch": (select(touches), touches, (touches.c.at, touches.c.id)),
    "draw": (
        select(draw_entries, draws.c.week, draws.c.drawn_at).join(draws, draws.c.id == draw_entries.c.draw_id),
        draw_entries,
        (draw_entries.c.id,),
    ),
    "ledger": (select(ledger), ledger, (ledger.c.id,)),
    "journal": (
        select(journal, changes.c.at, changes.c.command, changes.c.caller).join(
            changes, changes.c.id == journal.c.change_id
        ),
        journal,
        (journal.c.id,),
    ),
}  # fmt: skip
"""How to ask for the rows of each kind, the table that says whose they are, and their order."""


def held_rows(session: Session, kind: str, customer_ids: Sequence[int]) -> dict[int, list[Any]]:
    """The rows of a kind about these customers, by customer."""
    chosen, whose, order = _HELD[kind]
    found: dict[int, list[Any]] = {}
    for row in session.execute(chosen.where(whose.c.customer_id.in_(list(customer_ids))).order_by(*order)):
        found.setdefault(row.customer_id, []).append(row)
    return found
