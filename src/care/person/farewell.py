"""What would go with a customer who is forgotten, what would stay, and where their name still stands."""

from collections.abc import Iterator, Sequence

from sqlalchemy import ColumnElement, Table, exists, func, or_, select
from sqlalchemy.orm import Session

from care.customers.queries import contacts_of, customer_of, everyone_in
from care.db.tables.call import calls
from care.db.tables.customer import customers
from care.db.tables.interview import answers, gold, veins
from care.db.tables.issue import issue_notes, issues, raisers
from care.db.tables.journal import batches
from care.db.tables.owed import owings, promises
from care.db.tables.touch import touches
from care.db.tables.transcript import passages
from care.person.erase import EVENTS, WORDS, gathered_alone, raised_alone
from care.person.records import Farewell, Mention
from care.text import fold

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

_WRITTEN: tuple[tuple[Table, str], ...] = (
    (answers, "words"), (gold, "words"), (raisers, "words"), (raisers, "reaction"), (promises, "what"),
    (promises, "reason"), (touches, "words"), (passages, "words"), (issues, "title"), (issues, "note"),
    (issue_notes, "words"), (veins, "title"), (veins, "promise"), (owings, "reason"), (calls, "listeners"),
    (calls, "skip_reason"), (customers, "name"), (customers, "remember"), (customers, "dnc_reason"),
    (customers, "pause_reason"), (customers, "left_reason"), (batches, "file"),
)  # fmt: skip
"""Where a person can have written a name: table and column."""

_OTHERS = raisers.alias("others")

_GATHERED = gold.alias("gathered")


def farewell(session: Session, customer_id: int) -> Farewell:
    """What would go with this customer, and what would stay. Nothing is changed."""
    row = customer_of(session, customer_id)
    ids = everyone_in(session, customer_id)
    counted = _count(session, ids)
    events = {name: counted.pop(name, 0) for name in ("call", "attempt")}
    return Farewell(
        id=row.id,
        name=row.name,
        company=row.company,
        erased={_KINDS[name]: n for name, n in counted.items()},
        calls=events["call"],
        issues=tuple(f"i{issue.id} {issue.title}" for issue in raised_alone(session, ids)),
        veins=tuple(f"g{vein.id} {vein.title}" for vein in gathered_alone(session, ids) if vein.promise is None),
        mentions=_mentions(session, ids),
        beyond=BEYOND,
    )


def _count(session: Session, ids: Sequence[int]) -> dict[str, int]:
    """How many rows there are about these customers, by table."""
    counted = {}
    for table in (*WORDS, *EVENTS):
        mine = select(func.count()).select_from(table).where(table.c.customer_id.in_(ids))
        counted[table.name] = int(session.execute(mine).scalar_one())
    return {name: n for name, n in counted.items() if n}


def _mentions(session: Session, ids: Sequence[int]) -> tuple[Mention, ...]:
    names = set()
    for customer_id in ids:
        names.add(customer_of(session, customer_id).name)
        names.update(contact.value for contact in contacts_of(session, customer_id))
    found = [*_words_with(session, ids, sorted(name for name in names if len(fold(name)) > 1))]
    return (*found, *(mention for mention in _titles_said_by(session, ids) if mention not in found))


def _mention(noun: str, row_id: int, words: str) -> Mention:
    return Mention(_KINDS[noun], f"{_REFS.get(noun, '')}{row_id}", words)


def _words_with(session: Session, ids: Sequence[int], names: Sequence[str]) -> Iterator[Mention]:
    """Words about others, or about nobody, in which one of these names stands.

    It walks every word there is, as forgetting somebody may.
    """
    for table, column in _WRITTEN:
        words = table.c[column]
        # SQLite lowers ASCII only, so a name is looked for as it is written as well.
        named = or_(*(func.instr(form, part) > 0 for name in names for form, part in _forms(words, name)))
        whose = "customer_id" if "customer_id" in table.c else "id" if table is customers else None
        others = [] if whose is None else [table.c[whose].not_in(ids)]
        for row_id, said in session.execute(select(table.c.id, words).where(named, *others).order_by(table.c.id)):
            yield _mention(table.name, int(row_id), str(said))


def _titles_said_by(session: Session, ids: Sequence[int]) -> Iterator[Mention]:
    """Issues and veins that others are in too and whose title is, to the letter, what one of these customers said."""
    others = exists().where(_OTHERS.c.issue_id == issues.c.id, _OTHERS.c.customer_id.not_in(ids))
    raised = select(issues.c.id, issues.c.title).join(raisers, raisers.c.issue_id == issues.c.id)
    titled = raised.where(raisers.c.customer_id.in_(ids), raisers.c.words == issues.c.title, others)
    for row in session.execute(titled.distinct().order_by(issues.c.id)):
        yield _mention("issue", row.id, row.title)
    shared = exists().where(_GATHERED.c.vein_id == veins.c.id, _GATHERED.c.customer_id.not_in(ids))
    begins = func.instr(gold.c.words, func.rtrim(veins.c.title, "…")) == 1
    gathered = select(veins.c.id, veins.c.title).join(gold, gold.c.vein_id == veins.c.id)
    titled = gathered.where(gold.c.customer_id.in_(ids), begins, shared)
    for row in session.execute(titled.distinct().order_by(veins.c.id)):
        yield _mention("vein", row.id, row.title)


def _forms(words: ColumnElement[str], name: str) -> Iterator[tuple[ColumnElement[str], str]]:
    yield words, name
    yield func.lower(words), name.lower()
