"""What was changed on a customer, and how their talks were on record before they were put right."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from care.customers.queries import everyone_in
from care.customers.records import Changed, TimelineEntry
from care.db.tables.customer import companies
from care.db.tables.interview import questions
from care.db.tables.journal import changes
from care.history.images import (
    DELETE,
    INSERT,
    UPDATE,
    Columns,
    RowChange,
    RowImage,
    images_about,
    in_one_step,
    row_changes,
)
from care.text import plural
from care.words import CallState

_HOW = {INSERT: "added", DELETE: "taken away"}


def changes_of(session: Session, customer_id: int) -> tuple[Changed, ...]:
    """Each change that touched a customer, or whoever was merged into them, the newest first.

    An import keeps no image of whom it added, and nobody's images outlive them.
    """
    images = images_about(session, everyone_in(session, customer_id))
    steps = in_one_step(row_changes(session, [image for image in images if image.noun == "customer"]))
    names = _company_names(session, steps)
    said: dict[int, list[str]] = {}
    for step in sorted(steps, key=lambda step: step.image.id):
        said.setdefault(step.image.change_id, []).extend(_said(step, names))
    by_change: dict[int, list[RowImage]] = {}
    for image in images:
        by_change.setdefault(image.change_id, []).append(image)
    found = []
    for change_id, mine in sorted(by_change.items(), reverse=True):
        others = Counter((image.noun, image.act) for image in _first_of_each(mine) if image.noun != "customer")
        found.append(Changed(mine[0].at, mine[0].command, mine[0].caller, (*said.get(change_id, ()), *counted(others))))
    return tuple(found)


def _company_names(session: Session, steps: Sequence[RowChange]) -> dict[int, str]:
    """The names of the companies the customer was in before and after these steps, by id."""
    ids = {row.get("company_id") for step in steps for row in (step.before, step.after) if row is not None}
    found = session.execute(select(companies.c.id, companies.c.name).where(companies.c.id.in_(sorted(ids - {None}))))
    return {row.id: row.name for row in found}


def _said(step: RowChange, companies: Mapping[int, str]) -> list[str]:
    """What one change did to the customer itself."""
    if step.image.act != UPDATE:
        return [_HOW[step.image.act]]
    return differences(step.before or {}, step.after or {}, companies)


def _first_of_each(images: Sequence[RowImage]) -> list[RowImage]:
    """One image of each row: a row added and then changed was added."""
    firsts: dict[tuple[str, str], RowImage] = {}
    for image in images:
        firsts.setdefault(image.row, image)
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

ACTS = {INSERT: "added", UPDATE: "changed", DELETE: "taken away"}


def differences(old: Columns, new: Columns, companies: Mapping[int, str]) -> list[str]:
    """Each column a person knows that is another after a change: ``name: Kari → Karin``."""
    said = []
    for field, name in SHOWN.items():
        before, after = (_word(field, row, companies) for row in (old, new))
        if before != after:
            said.append(f"{name}: {before} → {after}")
    return said


def counted(rows: Mapping[tuple[str, str], int]) -> list[str]:
    """How many rows of what were added, changed or taken away: ``3 answers added``; the key is noun and act."""
    return [f"{plural(n, *NOUNS[noun])} {ACTS[act]}" for (noun, act), n in rows.items() if noun in NOUNS]


def _word(field: str, row: Columns, companies: Mapping[int, str]) -> str:
    value = row.get(field)
    if value is None or value == "":
        return "–"
    if field == "company_id":
        return companies.get(int(value), "–")
    return f"customer {value}" if field == "merged_into" else str(value)


_TALK = ("caller", "held_at", "minutes", "how", "stance", "sold", "defended", "listeners")

_NOUNS = ("call", "answer", "gold", "promise")


def earlier_versions(session: Session, customer_id: int) -> list[TimelineEntry]:
    """What was on record of this customer's talks and is not any more, each at the moment it was put right.

    What was taken back and brought back again is no version, and neither is what stayed as it was.
    """
    keys = _keys_by_question(session)
    found = []
    for step in _put_right(session, customer_id):
        before = step.before or {}
        version = _version(step.image.noun, before, step.after, keys)
        if version is not None:
            what, words, ref, private = version
            found.append(TimelineEntry(step.image.at, what, words, ref, step.image.caller, private))
    return found


def _put_right(session: Session, customer_id: int) -> list[RowChange]:
    """What amending and moving talks changed of a customer's talks and of what was said in them, oldest first.

    What a merge or an undo wrote is left out, and so is what an undo took back.
    """
    undone = _taken_back(session)
    logged = [
        image
        for image in images_about(session, [customer_id])
        if image.noun in _NOUNS and image.command == "log" and image.undoes is None and image.change_id not in undone
    ]
    made = {(image.change_id, image.row) for image in logged if image.act == INSERT}
    old = [image for image in logged if image.old is not None and (image.change_id, image.row) not in made]
    return in_one_step(row_changes(session, old))


def _taken_back(session: Session) -> set[int]:
    """Every change that was taken back at some time."""
    return {*session.execute(select(changes.c.undoes).where(changes.c.undoes.is_not(None))).scalars()}


def _version(
    noun: str, old: Columns, now: Columns | None, keys: Mapping[int, str]
) -> tuple[str, str | None, str | None, bool] | None:
    """What to say of a version: what it was, the words, the reference, whether private; None where nothing is lost."""
    if noun == "call":
        if old["state"] != CallState.HELD or (now and all(now[name] == old[name] for name in _TALK)):
            return None
        held = datetime.fromisoformat(old["held_at"]).replace(tzinfo=UTC)
        facts = [f"{old['minutes']} minutes" if old["minutes"] is not None else "", old["stance"] or "", old["caller"]]
        went = "was with them" if now is None or now["state"] != CallState.HELD else "was"
        return f"{went}: talk of {held:%-d %B %Y}", ", ".join(fact for fact in facts if fact), f"c{old['id']}", False
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


def _keys_by_question(session: Session) -> dict[int, str]:
    """The key of every question there ever was, by its id."""
    return {row.id: row.key for row in session.execute(select(questions.c.id, questions.c.key))}
