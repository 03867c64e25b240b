"""Searching what was said, and customers by name."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import FromClause, Table, and_, select
from sqlalchemy.orm import Session

from care.customers.find import present
from care.customers.records import Person
from care.db import full_text
from care.db.fetch import fetch
from care.db.settings import policy
from care.db.tables.customer import companies, customers
from care.db.tables.interview import answers, gold, questions
from care.db.tables.issue import raisers
from care.db.tables.note import notes
from care.db.tables.touch import touches
from care.db.tables.transcript import passages
from care.interviews.errors import NoSuchQuestion
from care.interviews.queries import all_questions, question_row
from care.interviews.search_query import Query, full_text_query, names_said, spans, unused
from care.times.when import parse_since
from care.times.zones import at_midnight, local_date
from care.words import GoldKind, NoteKind, Purpose

CUSTOMERS = 5
"""So many customers of that name at most stand before what was said, unless there is room for more."""


class Hit(NamedTuple):
    """A passage, or a customer by name, in which all the words stand.

    ``kind`` is a word of ``NoteKind`` or ``customer``. ``what`` says it more closely: the purpose of a touch, wish or
    trigger, who spoke in a transcript. ``ref`` is what a person types to go on, and ``marked`` where in ``words`` the
    hits begin and end, in characters. What has no moment of its own, a customer, has no date.
    """

    id: int
    kind: NoteKind | str
    what: str
    ref: str | None
    customer: Person | None
    call: int | None
    said_at: datetime | None
    said_on: date | None
    question: str | None
    private: bool
    words: str
    marked: tuple[tuple[int, int], ...]


class SearchResult(NamedTuple):
    """The hits to show, customers first, and how many there are in all, or ``at_least``.

    ``since`` is the day from which on they were said, where that was asked. ``reached`` is how many passages were
    looked through where older ones had to be left out, else None.
    """

    hits: tuple[Hit, ...]
    total: int
    at_least: bool = False
    since: date | None = None
    reached: int | None = None


class NoteRow(NamedTuple):
    """A passage beside its customer and what it is: question, issue, kind of gold, purpose of a touch, speaker."""

    id: int
    kind: NoteKind
    row_id: int
    customer_id: int | None
    call_id: int | None
    said_at: datetime
    private: bool
    words: str
    name: str | None
    company: str | None
    phone: str | None
    zone: str | None
    last_heard_at: datetime | None
    key: str | None
    issue_id: int | None
    gold_kind: GoldKind | None
    purpose: Purpose | None
    ours: bool | None


def found_in(
    session: Session, query: Query, customer_id: int | None, now: datetime, *, limit: int, best: bool = False
) -> SearchResult:
    """The passages in which all the words stand, the newest first, and before them the customers of that name.

    ``customer_id`` is whom ``customer:`` named. Raises NoSuchQuestion and BadWhen for a filter that names nothing.
    """
    zone = policy(session).timezone
    since = None if query.since is None else parse_since(query.since, now, zone)
    within = full_text.Within(
        customer_id=customer_id,
        question_id=None if query.question is None else _question_id(session, query.question),
        since=None if since is None else at_midnight(since, zone),
    )
    words = full_text_query(query.words)
    found = (
        full_text.best_notes(session, words, within, limit)
        if best
        else full_text.new_notes(session, words, within, limit)
    )
    named, names = ([], 0) if any(one is not None for one in within) else _named(session, query, limit)
    named = named[: max(CUSTOMERS, limit - len(found.ids))]
    hits = (*named, *_hits(session, found.ids, words, zone))[:limit]
    return SearchResult(hits, found.total + names, found.at_least, since, found.reached)


def _question_id(session: Session, said: str) -> int:
    row = question_row(session, said.lower())
    if row is None:
        raise NoSuchQuestion(said, [question.key for question in all_questions(session)])
    assert row.id is not None
    return row.id


def _named(session: Session, query: Query, limit: int) -> tuple[list[Hit], int]:
    """The first customers whose name or company begins so, as who they are now, and how many there are."""
    ids, total = full_text.ids_beginning(session, names_said(query.words), limit)
    people = {one.id: one for one in (present(session, customer_id) for customer_id in ids) if one is not None}
    return [_customer(one, query) for one in people.values()], total - len(ids) + len(people)


def _customer(one: Person, query: Query) -> Hit:
    words = f"{one.name}, {one.company}" if one.company else one.name
    return Hit(one.id, "customer", "customer", str(one.id), one, None, None, None, None, False, words, ())


def _hits(session: Session, ids: Sequence[int], words: str, zone: str) -> list[Hit]:
    rows = {row.id: row for row in notes_with(session, ids)}
    before, after = unused(row.words for row in rows.values())
    marked = full_text.marked_notes(session, words, ids, before, after)
    return [_hit(rows[one], spans(rows[one].words, marked.get(one, ""), before, after), zone) for one in ids]


def _hit(row: NoteRow, marked: tuple[tuple[int, int], ...], zone: str) -> Hit:
    who = None
    if row.customer_id is not None and row.name is not None:
        who = Person(row.customer_id, row.name, row.company, row.phone, row.zone)
    said_at = row.said_at
    if row.kind is NoteKind.REMEMBER and row.last_heard_at is not None:
        said_at = max(said_at, row.last_heard_at)  # the thread is that of the latest talk, whenever one first began
    what, ref = _named_as(row)
    return Hit(
        row.id, row.kind, what, ref, who, row.call_id, said_at, local_date(said_at, zone), row.key, row.private,
        row.words, marked,
    )  # fmt: skip


def _named_as(row: NoteRow) -> tuple[str, str | None]:
    """What the passage is in a word or two, and what a person types to go on from there."""
    call = None if row.call_id is None else f"c{row.call_id}"
    known: dict[NoteKind, tuple[str, str | None]] = {
        NoteKind.ANSWER: (row.key or "", call),
        NoteKind.ISSUE: ("issue", f"i{row.row_id}"),
        NoteKind.RAISER: ("raised", f"i{row.issue_id}"),
        NoteKind.PROMISE: ("promise", f"p{row.row_id}"),
        NoteKind.TRANSCRIPT: ("we said" if row.ours else "transcript", call),
        NoteKind.GOLD: (row.gold_kind.value if row.gold_kind else "", call),
        NoteKind.TOUCH: (row.purpose.value if row.purpose else "", None),
        NoteKind.REMEMBER: ("remember", None),
    }
    return known[row.kind]


_WHERE_FROM: dict[NoteKind, Table] = {
    NoteKind.ANSWER: answers, NoteKind.GOLD: gold, NoteKind.RAISER: raisers, NoteKind.TOUCH: touches,
    NoteKind.TRANSCRIPT: passages,
}  # fmt: skip
"""The tables of which more is shown than the words."""


def notes_with(session: Session, ids: Sequence[int]) -> list[NoteRow]:
    """These passages, each with what there is to say of it."""
    beside: FromClause = notes.outerjoin(customers, customers.c.id == notes.c.customer_id)
    beside = beside.outerjoin(companies, companies.c.id == customers.c.company_id)
    for kind, table in _WHERE_FROM.items():
        beside = beside.outerjoin(table, and_(notes.c.kind == kind, table.c.id == notes.c.row_id))
    beside = beside.outerjoin(questions, questions.c.id == answers.c.question_id)
    columns = (
        customers.c.name, companies.c.name.label("company"), customers.c.phone, customers.c.zone,
        customers.c.last_heard_at, questions.c.key, raisers.c.issue_id, gold.c.kind.label("gold_kind"),
        touches.c.purpose, passages.c.ours,
    )  # fmt: skip
    return fetch(session, NoteRow, select(notes, *columns).select_from(beside).where(notes.c.id.in_(ids)))
