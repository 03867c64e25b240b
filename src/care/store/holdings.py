"""All rows about customers, table by table."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import Session

from care.model.call import attempts, calls
from care.model.change import changes
from care.model.contact import contacts
from care.model.customer import companies, customers
from care.model.draw import draw_entries, draws
from care.model.interview import answers, gold, questions, wordings
from care.model.issue import issues, raisers
from care.model.journal import batches, journal
from care.model.ledger import ledger
from care.model.promise import promises
from care.model.source import source_ids
from care.model.touch import touches
from care.store.customers import with_company


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


def held(session: Session, kind: str, customer_ids: Sequence[int]) -> dict[int, list[Any]]:
    """The rows of a kind about these customers, by customer."""
    chosen, whose, order = _HELD[kind]
    found: dict[int, list[Any]] = {}
    for row in session.execute(chosen.where(whose.c.customer_id.in_(list(customer_ids))).order_by(*order)):
        found.setdefault(row.customer_id, []).append(row)
    return found
