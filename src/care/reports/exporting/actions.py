"""Where an export of everything meets the store."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy.orm import Session

from care.customers.birthdays import iso_birthday
from care.customers.records import ContactRecord
from care.reports.exporting import records
from care.reports.exporting.records import Export, HeldCall, HeldCustomer, HeldImage, HeldOrigin
from care.store import holdings as store
from care.store.settings import policy

PIECE = 500
"""Customers gathered at once."""

_UNSHOWN = ("cycle", "place", "stratum")
"""What an image tells of the order of the draw, which nobody may know before it comes."""

_RECORDS: dict[str, Any] = {
    "contact": ContactRecord,
    "number": records.HeldNumber,
    "attempt": records.HeldAttempt,
    "answer": records.HeldAnswer,
    "gold": records.HeldGold,
    "issue": records.HeldIssue,
    "promise": records.HeldPromise,
    "touch": records.HeldTouch,
    "draw": records.HeldDraw,
    "ledger": records.HeldLedgerRow,
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
    while rows := store.customers_after(session, last, PIECE, customer_id):
        yield from _gathered(session, rows, with_journal=customer_id is not None)
        last = rows[-1].id


def _gathered(session: Session, rows: Sequence[Any], *, with_journal: bool) -> Iterator[HeldCustomer]:
    ids = [row.id for row in rows]
    held = {kind: store.held(session, kind, ids) for kind in ("call", *_RECORDS)}
    images = store.held(session, "journal", ids) if with_journal else {}
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
