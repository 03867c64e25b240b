"""Where a search meets the store."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from care.customers.actions import present
from care.customers.person import Person
from care.interviews.errors import NoSuchQuestion
from care.interviews.searching.marks import spans, unused
from care.interviews.searching.query import Query, full_text, names_said
from care.interviews.searching.records import Found, Hit
from care.store import notes as store
from care.store import questions, search
from care.store.settings import policy
from care.times.when import parse_since
from care.times.zones import at_midnight, local_date
from care.words import NoteKind

CUSTOMERS = 5
"""So many customers of that name at most stand before what was said, unless there is room for more."""


def found_in(
    session: Session, query: Query, customer_id: int | None, now: datetime, *, limit: int, best: bool = False
) -> Found:
    """The passages in which all the words stand, the newest first, and before them the customers of that name.

    ``customer_id`` is whom ``customer:`` named. Raises NoSuchQuestion and BadWhen for a filter that names nothing.
    """
    zone = policy(session).timezone
    since = None if query.since is None else parse_since(query.since, now, zone)
    within = search.Within(
        customer_id=customer_id,
        question_id=None if query.question is None else _question_id(session, query.question),
        since=None if since is None else at_midnight(since, zone),
    )
    words = full_text(query.words)
    found = (
        search.best_notes(session, words, within, limit) if best else search.new_notes(session, words, within, limit)
    )
    named, names = ([], 0) if any(one is not None for one in within) else _named(session, query, limit)
    named = named[: max(CUSTOMERS, limit - len(found.ids))]
    hits = (*named, *_hits(session, found.ids, words, zone))[:limit]
    return Found(hits, found.total + names, found.at_least, since, found.reached)


def _question_id(session: Session, said: str) -> int:
    row = questions.question_row(session, said.lower())
    if row is None:
        raise NoSuchQuestion(said, [one.key for one in questions.all_questions(session)])
    return int(row.id)


def _named(session: Session, query: Query, limit: int) -> tuple[list[Hit], int]:
    """The first customers whose name or company begins so, as who they are now, and how many there are."""
    ids, total = search.ids_beginning(session, names_said(query.words), limit)
    people = {one.id: one for one in (present(session, customer_id) for customer_id in ids) if one is not None}
    return [_customer(one, query) for one in people.values()], total - len(ids) + len(people)


def _customer(one: Person, query: Query) -> Hit:
    words = f"{one.name}, {one.company}" if one.company else one.name
    return Hit(one.id, "customer", "customer", str(one.id), one, None, None, None, None, False, words, ())


def _hits(session: Session, ids: Sequence[int], words: str, zone: str) -> list[Hit]:
    rows = {row.id: row for row in store.notes_with(session, ids)}
    before, after = unused(row.words for row in rows.values())
    marked = search.marked_notes(session, words, ids, before, after)
    return [_hit(rows[one], spans(rows[one].words, marked.get(one, ""), before, after), zone) for one in ids]


def _hit(row: Any, marked: tuple[tuple[int, int], ...], zone: str) -> Hit:
    who = None if row.customer_id is None else Person(row.customer_id, row.name, row.company, row.phone, row.zone)
    said_at = row.said_at
    if row.kind is NoteKind.REMEMBER and row.last_heard_at is not None:
        said_at = max(said_at, row.last_heard_at)  # the thread is that of the latest talk, whenever one first began
    what, ref = _named_as(row)
    return Hit(
        row.id, row.kind, what, ref, who, row.call_id, said_at, local_date(said_at, zone), row.key, row.private,
        row.words, marked,
    )  # fmt: skip


def _named_as(row: Any) -> tuple[str, str | None]:
    """What the passage is in a word or two, and what a person types to go on from there."""
    call = None if row.call_id is None else f"c{row.call_id}"
    if row.kind is NoteKind.ANSWER:
        return row.key, call
    if row.kind is NoteKind.ISSUE:
        return "issue", f"i{row.row_id}"
    if row.kind is NoteKind.RAISER:
        return "raised", f"i{row.issue_id}"
    if row.kind is NoteKind.PROMISE:
        return "promise", f"p{row.row_id}"
    if row.kind is NoteKind.TRANSCRIPT:
        return ("we said" if row.ours else "transcript"), call
    if row.kind is NoteKind.GOLD:
        return row.gold_kind.value, call
    return (row.purpose.value if row.kind is NoteKind.TOUCH else "remember"), None
