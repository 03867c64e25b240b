"""Where letting somebody go meets the store."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Table, delete, exists, func, insert, or_, select
from sqlalchemy.orm import Session

from care.clock import secret_bytes
from care.customers.customer_input import ContactInput
from care.customers.forgotten import stored_marks
from care.customers.marks import marks_held, marks_left
from care.customers.order import FIRST_CYCLE, position_in
from care.customers.queries import (
    change_customer,
    contacts_of,
    customer_of,
    everyone_in,
    ids_by_contact,
    insert_customer,
    standings,
)
from care.customers.turn_distance import turn_distance
from care.db import full_text
from care.db.ledger import LedgerRow, append_to_ledger
from care.db.settings import draw_key, policy
from care.db.tables.call import calls
from care.db.tables.columns import METADATA
from care.db.tables.customer import companies, customers
from care.db.tables.forgotten import forgotten
from care.db.tables.imports import source_ids
from care.db.tables.interview import answers, gold, veins
from care.db.tables.issue import issue_notes, issues, raisers
from care.db.tables.owed import owings, promises
from care.db.tables.touch import touches
from care.db.tables.transcript import passages
from care.errors import BadStore
from care.issues.queries import all_told, change_issue, raised_by
from care.person.erase import EVENTS, WORDS, erase, gathered_alone, raised_alone
from care.person.records import Farewell, Kept, Mention
from care.text import fold
from care.times.zones import local_date
from care.words import IssueState, LedgerKind, Standing, Status

NOBODY = "(forgotten)"
"""Who the calls of forgotten customers are with."""


BEYOND = (
    "your calendar",
    "exports, sheets and reports you saved or printed",
    "backups you keep (care restore erases again)",
    "the address book or CRM they came from",
)
"""Where care cannot reach."""


_REFS = {"issue": "i", "promise": "p", "call": "c", "vein": "g", "batch": "b", "owing": "n"}


_KINDS = {
    "answer": "answer", "gold": "wish or trigger", "raiser": "issue raised", "promise": "promise", "touch": "contact",
    "contact": "number or address", "source_id": "id in another system", "attempt": "try", "call": "call",
    "issue": "issue", "customer": "customer", "batch": "import",
    "owing": "touch to come", "transcript": "transcript", "passage": "passage of a transcript",
    "issue_note": "note on an issue", "vein": "vein",
}  # fmt: skip


def farewell(session: Session, customer_id: int) -> Farewell:
    """What would go with this customer, and what would stay. Nothing is changed."""
    row = customer_of(session, customer_id)
    ids = everyone_in(session, customer_id)
    counted = count(session, ids)
    events = {name: counted.pop(name, 0) for name in ("call", "attempt")}
    return Farewell(
        id=row.id,
        name=row.name,
        company=row.company,
        erased={_KINDS[name]: n for name, n in counted.items()},
        calls=events["call"],
        issues=tuple(f"i{one.id} {one.title}" for one in raised_alone(session, ids)),
        veins=tuple(f"g{one.id} {one.title}" for one in gathered_alone(session, ids) if one.promise is None),
        mentions=_mentions(session, ids),
        beyond=BEYOND,
    )


def forget(session: Session, customer_id: int, now: datetime) -> Farewell:
    """Erases a customer, and whoever was merged into them, from every table, index and image.

    Their open calls must have been called off. What the database keeps in free pages goes when the file is packed.
    """
    before = farewell(session, customer_id)
    ids, key = everyone_in(session, customer_id), draw_key(session)
    today = local_date(now, policy(session).timezone)
    add_marks(session, {mark for one in ids for mark in _marks(session, key, one, ids)}, today)
    # The ledger says that somebody went, and how they stood to the draw; who it was is nowhere.
    rows = [customer_of(session, one) for one in ids]
    facts: dict[str, Any] = {
        "standings": [one.standing.value for one in rows],
        "batches": [one.added_in for one in rows],
        **turn_distance(session, rows[0], policy(session)),
    }
    append_to_ledger(session, [LedgerRow(LedgerKind.FORGET, facts)], now)
    nobody = _nobody(session, now)
    raised = [row.issue_id for one in ids for row in raised_by(session, one)]
    erase(session, ids, nobody)
    for row in all_told(session, raised):  # the only one who still had to be told is gone
        change_issue(session, row.id, {"state": IssueState.TOLD, "told_at": row.last_told_at})
    change_customer(session, nobody, {"last_heard_at": last_heard(session, nobody)})
    full_text.drop_old_names(session)
    return Farewell(
        id=before.id,
        name=before.name,
        company=before.company,
        erased=before.erased,
        calls=before.calls,
        issues=before.issues,
        veins=before.veins,
        mentions=before.mentions,
        beyond=before.beyond,
        forgotten=True,
    )


def all_marks(session: Session) -> Kept:
    """What a store keeps of the forgotten, for a backup of it that is brought back."""
    return Kept(draw_key(session), tuple(stored_mark_rows(session)))


def take_over(session: Session, kept: Kept, backup: str) -> None:
    """Makes a restored store know who was forgotten since. Raises BadStore when it is a backup of another store."""
    if draw_key(session) != kept.key:
        raise BadStore(f"{backup} is a backup of another store. Restore it with --store to a place of its own.")
    add_kept_marks(session, kept.marks)


def to_forget(session: Session) -> list[int]:
    """Everybody there who was forgotten; it walks all customers."""
    marks, key, found = set(stored_marks(session)), draw_key(session), []
    for row in everybody(session) if marks else ():
        contacts = [ContactInput(one.kind, one.value, one.original) for one in contacts_of(session, row.id)]
        held = marks_held(key, row.name, row.company, contacts, source_ids_of(session, row.id))
        if not marks.isdisjoint(held):
            found.append(row.id)
    return found


def count_customers(session: Session) -> int:
    """How many customers a store has."""
    return sum(n for standing, n in standings(session).items() if standing is not Standing.MERGED)


def _marks(session: Session, key: bytes, customer_id: int, ids: Sequence[int]) -> set[str]:
    row = customer_of(session, customer_id)
    contacts = [ContactInput(one.kind, one.value, one.original) for one in contacts_of(session, customer_id)]
    shared = {one.value for one in contacts if set(ids_by_contact(session, one.value)) - set(ids)}
    numbers = source_ids_of(session, customer_id)
    return marks_left(key, row.name, row.company, contacts, numbers, shared)


def _nobody(session: Session, now: datetime) -> int:
    """The customer all calls of the forgotten are with: in no list, no draw and no search."""
    uid = "0" * 32
    found = id_with_uid(session, uid)
    if found is not None:
        return found
    place = position_in(draw_key(session), uid, FIRST_CYCLE)
    values: dict[str, Any] = {
        "uid": uid, "name": NOBODY, "folded": "", "status": Status.FORMER, "standing": Standing.MERGED, "stratum": "",
        "cycle": place.cycle, "place": place.place, "planned": 0, "gives": 0, "takes": 0, "added_at": now,
    }  # fmt: skip
    made = insert_customer(session, values)
    change_customer(session, made, {"merged_into": made})
    return made


def _mentions(session: Session, ids: Sequence[int]) -> tuple[Mention, ...]:
    said = set()
    for one in ids:
        row = customer_of(session, one)
        said |= {row.name, *(contact.value for contact in contacts_of(session, one))}
    found = [*mentions(session, ids, sorted(name for name in said if len(fold(name)) > 1))]
    found += [row for row in titles_in_words_of(session, ids) if row not in found]
    return tuple(Mention(_KINDS[table], f"{_REFS.get(table, '')}{number}", words) for table, number, words in found)


_OTHERS = raisers.alias("others")


_GATHERED = gold.alias("gathered")


def count(session: Session, ids: Sequence[int]) -> dict[str, int]:
    """How many rows there are about these customers, by table."""
    counted = {}
    for table in (*WORDS, *EVENTS):
        mine = select(func.count()).select_from(table).where(table.c.customer_id.in_(ids))
        counted[table.name] = int(session.execute(mine).scalar_one())
    return {name: n for name, n in counted.items() if n}


def mentions(session: Session, ids: Sequence[int], said: Sequence[str]) -> Sequence[tuple[str, int, str]]:
    """Words about others, or about nobody, in which one of these names stands: the table, the row's id, the words.

    It walks every word there is, as letting somebody go may.
    """
    found = []
    for table, column in _written():
        words = table.c[column]
        # SQLite lowers ASCII only, so a name is looked for as it is written as well.
        named = or_(*(func.instr(form, one) > 0 for name in said for form, one in _forms(words, name)))
        theirs = "customer_id" if "customer_id" in table.c else "id" if table is customers else None
        others = [] if theirs is None else [table.c[theirs].not_in(ids)]
        for row in session.execute(select(table.c.id, words).where(named, *others).order_by(table.c.id)):
            found.append((table.name, int(row[0]), str(row[1])))
    return found


def titles_in_words_of(session: Session, ids: Sequence[int]) -> Sequence[tuple[str, int, str]]:
    """Issues and veins that others are in too and whose title is, to the letter, what one of these customers said."""
    others = exists().where(_OTHERS.c.issue_id == issues.c.id, _OTHERS.c.customer_id.not_in(ids))
    mine = select(issues.c.id, issues.c.title).join(raisers, raisers.c.issue_id == issues.c.id)
    found = mine.where(raisers.c.customer_id.in_(ids), raisers.c.words == issues.c.title, others)
    titles = [("issue", int(row.id), row.title) for row in session.execute(found.distinct().order_by(issues.c.id))]
    joined = select(veins.c.id, veins.c.title).join(gold, gold.c.vein_id == veins.c.id)
    shared = exists().where(_GATHERED.c.vein_id == veins.c.id, _GATHERED.c.customer_id.not_in(ids))
    said = joined.where(
        gold.c.customer_id.in_(ids), func.instr(gold.c.words, func.rtrim(veins.c.title, "…")) == 1, shared
    )
    return titles + [("vein", int(row.id), row.title) for row in session.execute(said.distinct().order_by(veins.c.id))]


def _written() -> list[tuple[Table, str]]:
    return [
        (answers, "words"), (gold, "words"), (raisers, "words"), (raisers, "reaction"), (promises, "what"),
        (promises, "reason"), (touches, "words"), (passages, "words"), (issues, "title"), (issues, "note"),
        (issue_notes, "words"), (veins, "title"), (veins, "promise"), (owings, "reason"), (calls, "listeners"),
        (calls, "skip_reason"), (customers, "name"), (customers, "remember"), (customers, "dnc_reason"),
        (customers, "pause_reason"), (customers, "left_reason"), (METADATA.tables["batch"], "file"),
    ]  # fmt: skip


def _forms(words: ColumnElement[str], name: str) -> Iterator[tuple[ColumnElement[str], str]]:
    yield words, name
    yield func.lower(words), name.lower()


def stored_mark_rows(session: Session) -> list[dict[str, Any]]:
    """Every mark as it is kept."""
    return [dict(row._mapping) for row in session.execute(select(forgotten).order_by(forgotten.c.hash))]


def add_kept_marks(session: Session, kept: Sequence[Mapping[str, Any]]) -> None:
    """Makes these the marks of a store that had others, or none."""
    session.execute(delete(forgotten))
    if kept:
        session.execute(insert(forgotten), [dict(one) for one in kept])


def add_marks(session: Session, made: Iterable[str], on: date) -> None:
    """Keeps these marks of one person; one that is there keeps its day."""
    new, whose = sorted({*made} - {*stored_marks(session)}), secret_bytes(8).hex()
    if new:
        session.execute(insert(forgotten), [{"hash": one, "whose": whose, "forgotten_on": on} for one in new])


def everybody(session: Session) -> Sequence[Any]:
    """Id, name and company of every customer who is nobody else."""
    beside = customers.outerjoin(companies, companies.c.id == customers.c.company_id)
    chosen = select(customers.c.id, customers.c.name, companies.c.name.label("company")).select_from(beside)
    return session.execute(chosen.where(customers.c.merged_into.is_(None)).order_by(customers.c.id)).all()


def source_ids_of(session: Session, customer_id: int) -> Sequence[tuple[str, str]]:
    """A customer's numbers in other systems: (source, number)."""
    mine = source_ids.c.customer_id == customer_id
    return [(row.source, row.external_id) for row in session.execute(select(source_ids).where(mine))]


def last_heard(session: Session, customer_id: int) -> datetime | None:
    """When a customer's latest talk was held."""
    found = select(func.max(calls.c.held_at)).where(calls.c.customer_id == customer_id)
    latest: datetime | None = session.execute(found).scalar_one()
    return latest


def id_with_uid(session: Session, uid: str) -> int | None:
    """Who carries this uid."""
    return session.execute(select(customers.c.id).where(customers.c.uid == uid)).scalar_one_or_none()
