"""Where what was changed on a customer is read from the journal."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

from sqlalchemy import column, select, table
from sqlalchemy.orm import Session

from care.customers.queries import everyone_in
from care.customers.records import Changed, Moment
from care.db.journal import ERASED
from care.db.tables.call import calls
from care.db.tables.customer import companies, customers
from care.db.tables.interview import answers, gold, questions
from care.db.tables.journal import changes, journal
from care.db.tables.owed import promises
from care.text import plural
from care.words import CallState

_HOW = {"insert": "added", "delete": "taken away"}


def changes_of(session: Session, customer_id: int) -> tuple[Changed, ...]:
    """Each change that touched a customer, or whoever was merged into them, the newest first.

    An import keeps no image of whom it added, and nobody's images outlive them.
    """
    ids = everyone_in(session, customer_id)
    rows = images_about(session, ids)
    after = _after(rows, as_they_are(session, ids))
    images = [json.loads(row.old) for row in rows if row.noun == "customer" and row.old]
    firms = {image.get("company_id") for image in (*images, *after.values())} - {None}
    companies = company_names(session, sorted(firms))
    by_change: dict[int, list[Any]] = {}
    for row in rows:
        by_change.setdefault(row.change_id, []).append(row)
    return tuple(
        Changed(one[0].at, one[0].command, one[0].caller, tuple(_said(one, after, companies)))
        for _, one in sorted(by_change.items(), reverse=True)
    )


def _after(rows: Sequence[Any], now: Mapping[int, Mapping[str, Any]]) -> dict[int, Mapping[str, Any]]:
    """For each image of a customer, by the id it has in the journal, how they looked after that change."""
    after: dict[int, Mapping[str, Any]] = {}
    latest = {str(one): row for one, row in now.items()}
    for row in reversed(rows):
        if row.noun == "customer":
            after[row.id] = latest.get(row.row_id, {})
            latest[row.row_id] = json.loads(row.old) if row.old else {}
    return after


def _said(rows: Sequence[Any], after: Mapping[int, Mapping[str, Any]], companies: Mapping[int, str]) -> list[str]:
    """What one change did: the customer first, then how much of what else."""
    said: list[str] = []
    mine = [row for row in rows if row.noun == "customer"]
    for one in dict.fromkeys(row.row_id for row in mine):
        theirs = [row for row in mine if row.row_id == one]
        if theirs[0].act != "update":
            said.append(_HOW[theirs[0].act])
        elif theirs[0].old:  # of several steps in one change the first and the last count
            said += differences(json.loads(theirs[0].old), after[theirs[-1].id], companies)
    others = Counter((row.noun, row.act) for row in _first_of_each(rows) if row.noun != "customer")
    return said + counted(others)


def _first_of_each(rows: Sequence[Any]) -> list[Any]:
    """One image of each row: a row added and then changed was added."""
    firsts: dict[tuple[str, str], Any] = {}
    for row in rows:
        firsts.setdefault((row.noun, row.row_id), row)
    return list(firsts.values())


SHOWN = {
    "name": "name", "company_id": "company", "segment": "segment", "status": "status", "country": "country",
    "zone": "zone", "joined_on": "customer since", "birth_day": "birth day", "birth_month": "birth month",
    "birth_year": "birth year", "email": "e-mail", "phone": "phone", "remember": "remember", "stance": "stance",
    "paused_until": "paused until", "dnc_reason": "do-not-call", "left_reason": "left", "merged_into": "merged into",
}  # fmt: skip
"""The columns of a customer that a person knows, as they are said. What care works out itself is left out."""


NOUNS = {
    "contact": ("number or address", "numbers or addresses"), "answer": ("answer",), "call": ("call",),
    "attempt": ("try", "tries"), "raiser": ("issue raised", "issues raised"), "promise": ("promise",),
    "gold": ("wish or trigger", "wishes or triggers"), "touch": ("contact", "contacts"),
    "transcript": ("transcript",), "owing": ("touch to come", "touches to come"),
}  # fmt: skip
"""What else there is about a customer, as it is counted."""


ACTS = {"insert": "added", "update": "changed", "delete": "taken away"}


def differences(old: Mapping[str, Any], new: Mapping[str, Any], companies: Mapping[int, str]) -> list[str]:
    """Each column a person knows that is another after a change: ``name: Kari → Karin``."""
    said = []
    for field, name in SHOWN.items():
        before, after = (_word(field, row.get(field), companies) for row in (old, new))
        if before != after:
            said.append(f"{name}: {before} → {after}")
    return said


def counted(rows: Mapping[tuple[str, str], int]) -> list[str]:
    """How many rows of what were added, changed or taken away: ``3 answers added``; the key is noun and act."""
    return [f"{plural(n, *NOUNS[noun])} {ACTS[act]}" for (noun, act), n in rows.items() if noun in NOUNS]


def _word(column: str, value: Any, companies: Mapping[int, str]) -> str:
    if value is None or value == "":
        return "–"
    if column == "company_id":
        return companies.get(int(value), "–")
    return f"customer {value}" if column == "merged_into" else str(value)


_TALK = ("caller", "held_at", "minutes", "how", "stance", "sold", "defended", "listeners")


def earlier_versions(session: Session, customer_id: int) -> list[Moment]:
    """What was on record of this customer's talks and is not any more, each at the moment it was put right.

    What was taken back and brought back again is no version, and neither is what stayed as it was.
    """
    found = []
    keys = keys_by_question(session)
    for one in put_right(session, customer_id):
        words = _words(one.noun, one.old, one.now, keys)
        if words is not None:
            found.append(Moment(one.at, words[0], words[1], words[2], one.caller, words[3]))
    return found


def _words(
    noun: str, old: dict[str, Any], now: dict[str, Any] | None, keys: dict[int, str]
) -> tuple[str, str | None, str | None, bool] | None:
    """What to say of an image: what it was, the words, the reference, whether private; None where nothing is lost."""
    if noun == "call":
        if old["state"] != CallState.HELD or (now and all(now[name] == old[name] for name in _TALK)):
            return None
        held = datetime.fromisoformat(old["held_at"]).replace(tzinfo=UTC)
        facts = [f"{old['minutes']} minutes" if old["minutes"] is not None else "", old["stance"] or "", old["caller"]]
        went = "was with them" if now is None or now["state"] != CallState.HELD else "was"
        return f"{went}: talk of {held:%-d %B %Y}", ", ".join(one for one in facts if one), f"c{old['id']}", False
    if now and all(now.get(name) == old.get(name) for name in ("words", "what", "due_on", "reading", "customer_id")):
        return None
    if noun == "answer":
        reading = f" ({old['reading']})" if old["reading"] else ""
        return (
            f"{keys.get(old['question_id'], 'answer')} was",
            f"{old['words'] or ''}{reading}",
            None,
            bool(old["private"]),
        )
    if noun == "promise":
        return "promised was", f"{old['what']} by {old['due_on']}", f"p{old['id']}", False
    return f"{old.get('kind', noun)} was", old["words"], None, False


_BARE = table("customer", *(column(one.name) for one in customers.c))
"""Customers as SQLite keeps them, which is how images hold them."""


def images_about(session: Session, ids: Sequence[int]) -> Sequence[Any]:
    """Every image of a row about these customers, beside the change it belongs to, in the order they were taken."""
    columns = (changes.c.at, changes.c.command, changes.c.caller)
    beside = select(journal, *columns).join(changes, changes.c.id == journal.c.change_id)
    mine = beside.where(journal.c.customer_id.in_(ids), journal.c.act != ERASED)
    return session.execute(mine.order_by(journal.c.id)).all()


def as_they_are(session: Session, ids: Sequence[int]) -> dict[int, Mapping[str, Any]]:
    """These customers as they are now, column by column, by id."""
    return {int(row["id"]): dict(row) for row in session.execute(select(_BARE).where(_BARE.c.id.in_(ids))).mappings()}


def company_names(session: Session, ids: Sequence[int]) -> dict[int, str]:
    """The names of these companies, by id."""
    found = session.execute(select(companies.c.id, companies.c.name).where(companies.c.id.in_(ids)))
    return {row.id: row.name for row in found}


def keys_by_question(session: Session) -> dict[int, str]:
    """The key of every question there ever was, by its id."""
    return {row.id: row.key for row in session.execute(select(questions.c.id, questions.c.key))}


class Image(NamedTuple):
    """How a row was before it was changed, when and by whom, and how it is after that; None where it is gone."""

    at: datetime
    caller: str | None
    noun: str
    old: dict[str, Any]
    now: dict[str, Any] | None


_SAID = {"call": calls, "answer": answers, "gold": gold, "promise": promises}


def put_right(session: Session, customer_id: int) -> Iterator[Image]:
    """The images of a customer's talks and of what was said in them, of changes that stand, oldest first.

    What a merge or an undo wrote is left out, and so is what an undo took back.
    """
    undone = select(changes.c.undoes).where(changes.c.undoes.is_not(None))
    mine = (journal.c.customer_id == customer_id) & journal.c.act.in_(("update", "delete"))
    logged = (changes.c.command == "log") & changes.c.undoes.is_(None) & changes.c.id.not_in(undone)
    joined = select(journal, changes.c.at, changes.c.caller).join(changes, changes.c.id == journal.c.change_id)
    made = journal.alias("made")
    same = (made.c.noun == journal.c.noun) & (made.c.row_id == journal.c.row_id)
    new = select(made.c.id).where(same, made.c.change_id == journal.c.change_id, made.c.act == "insert").exists()
    chosen = joined.where(mine, logged, ~new, journal.c.noun.in_(tuple(_SAID)), journal.c.old.is_not(None))
    rows = session.execute(chosen.order_by(journal.c.id)).all()
    for place, row in enumerate(rows):
        later = next((one for one in rows[place + 1 :] if (one.noun, one.row_id) == (row.noun, row.row_id)), None)
        if later is not None and later.change_id == row.change_id:
            continue  # one change writes a row several times; the first image is how it was
        first = next(
            one for one in rows if (one.noun, one.row_id, one.change_id) == (row.noun, row.row_id, row.change_id)
        )
        now = json.loads(later.old) if later is not None else _as_it_is(session, row)
        yield Image(row.at, row.caller, row.noun, json.loads(first.old), now)


def _as_it_is(session: Session, row: Any) -> dict[str, Any] | None:
    """The row as it is in the store, with its values as an image has them."""
    bare = table(row.noun, *(column(one.name) for one in _SAID[row.noun].c))
    found = session.execute(select(bare).where(bare.c.id == int(row.row_id))).one_or_none()
    return None if found is None else dict(found._mapping)
