"""Searching the full texts of names and of all that was said, in the words of FTS5."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Result, bindparam, text
from sqlalchemy.orm import Session

from care.db.tables.columns import UtcDateTime
from care.text import fold

_SPECIAL = str.maketrans({"%": r"\%", "_": r"\_", "\\": r"\\"})


def _quoted(said: str) -> str:
    # FTS5 reads up to the first NUL, and would miss the closing quote.
    words = [word.replace('"', '""') for word in fold(said).replace("\0", " ").split()]
    return " ".join(f'"{word}"*' for word in words)


WINDOW = 2_000
"""So many of the passages written down last are put in order of when they were said.

The full text gives its hits in the order in which they were written down, whatever the size of the store. A talk logged
late still comes where it belongs, unless so many passages with the same words were written down since.
"""

REACH = 100_000
"""At most so many passages with the words are looked through for a question or a date, those written down last."""


class Within(NamedTuple):
    """What narrows a search: whose words, which question they answer, and since when."""

    customer_id: int | None = None
    question_id: int | None = None
    since: datetime | None = None


class FoundNotes(NamedTuple):
    """The ids to show in order and how many there are, or ``at_least``; ``reached`` where not all were looked at."""

    ids: list[int]
    total: int
    at_least: bool = False
    reached: int | None = None


def new_notes(session: Session, match: str, within: Within, limit: int) -> FoundNotes:
    """The newest passages in which all that stands, within these bounds."""
    window = max(limit, WINDOW)
    hits = _count(session, match)
    reach = window if within == Within() else max(limit, REACH)
    rows = _run(session, _new(within, hits), match, within, reach=reach, window=window).all()
    newest = sorted(rows, key=lambda row: (row.said_at, row.id), reverse=True)
    ids = [row.id for row in newest[:limit]]
    if within == Within():
        return FoundNotes(ids, hits)
    cut = within.customer_id is None and hits > reach
    return FoundNotes(ids, len(rows), cut or len(rows) == window, reach if cut and len(rows) < window else None)


def best_notes(session: Session, match: str, within: Within, limit: int) -> FoundNotes:
    """The passages that fit best, by BM25: rare words weigh more, and so do short passages. Every hit is weighed."""
    joined, wanted = _narrowed(within)
    hits = f"FROM note_words JOIN note ON note.id = note_words.rowid {joined} WHERE note_words MATCH :match{wanted}"
    best = f"SELECT note.id {hits} ORDER BY note_words.rank, note.id DESC LIMIT :window"
    ids = list(_run(session, best, match, within, window=limit).scalars())
    return FoundNotes(ids, int(_run(session, f"SELECT count(*) {hits}", match, within).scalar_one()))


def marked_notes(session: Session, match: str, ids: Sequence[int], before: str, after: str) -> dict[int, str]:
    """The words of these passages, by id, with a mark before and one after each hit."""
    marked = "SELECT rowid, highlight(note_words, 0, :before, :after) FROM note_words"
    chosen = text(f"{marked} WHERE note_words MATCH :match AND rowid IN :ids").bindparams(
        bindparam("ids", expanding=True)
    )
    values = {"match": match, "ids": list(ids), "before": before, "after": after}
    return {int(row[0]): str(row[1]) for row in session.execute(chosen, values)}


def _count(session: Session, match: str) -> int:
    counted = text("SELECT count(*) FROM note_words WHERE note_words MATCH :match")
    return int(session.execute(counted, {"match": match}).scalar_one())


def _new(within: Within, hits: int) -> str:
    """The statement that gives id and moment of hits, those written down last first."""
    joined, wanted = _narrowed(within)
    columns = "SELECT note.id, note.said_at"
    if within.customer_id is not None and hits > WINDOW:
        # The word is everywhere: rather ask of each passage of theirs whether the word stands in it.
        beside = f"note CROSS JOIN note_words ON note_words.rowid = note.id {joined}"
        return f"{columns} FROM {beside} WHERE note_words MATCH :match{wanted} ORDER BY note.id DESC LIMIT :window"
    last = "SELECT rowid AS hit FROM note_words WHERE note_words MATCH :match ORDER BY rowid DESC LIMIT :reach"
    return f"{columns} FROM ({last}) CROSS JOIN note ON note.id = hit {joined} WHERE true{wanted} LIMIT :window"


def _narrowed(within: Within) -> tuple[str, str]:
    """What is joined and what is asked for these bounds."""
    joined = "JOIN answer ON note.kind = 'answer' AND answer.id = note.row_id" if within.question_id is not None else ""
    asked = (
        ("note.customer_id = :customer_id", within.customer_id),
        ("answer.question_id = :question_id", within.question_id),
        ("note.said_at >= :since", within.since),
    )
    return joined, "".join(f" AND {words}" for words, value in asked if value is not None)


def _run(session: Session, statement: str, match: str, within: Within, **more: int) -> Result[Any]:
    given = {name: value for name, value in within._asdict().items() if value is not None}
    made = text(statement)
    if within.since is not None:
        made = made.bindparams(bindparam("since", type_=UtcDateTime()))
    wanted = {name: value for name, value in {"match": match, **given, **more}.items() if f":{name}" in statement}
    return session.execute(made, wanted)


class FoundNames(NamedTuple):
    """The ids of customers, in order and up to a limit, and how many there are."""

    ids: list[int]
    total: int


def ids_beginning(session: Session, said: str, limit: int) -> FoundNames:
    """Customers with words beginning like these in name or company."""
    match = _quoted(said)
    if not match:
        return FoundNames([], 0)
    found = text("SELECT rowid FROM customer_name WHERE customer_name MATCH :match ORDER BY rowid LIMIT :limit")
    ids = list(session.execute(found, {"match": match, "limit": limit}).scalars())
    if len(ids) < limit:
        return FoundNames(ids, len(ids))
    counted = text("SELECT count(*) FROM customer_name WHERE customer_name MATCH :match")
    return FoundNames(ids, int(session.execute(counted, {"match": match}).scalar_one()))


def ids_by_name(session: Session, said: str, limit: int) -> FoundNames:
    """Customers with words beginning like these in name or company.

    Where no word begins so, the letters may stand anywhere; that walks every name and is the rarer wish.
    """
    found = ids_beginning(session, said, limit)
    if found.ids or not _quoted(said):
        return found
    inside = text(r"SELECT id FROM customer WHERE folded LIKE :part ESCAPE '\' ORDER BY id LIMIT :limit")
    part = f"%{fold(said).translate(_SPECIAL)}%"
    ids = list(session.execute(inside, {"part": part, "limit": limit}).scalars())
    return FoundNames(ids, len(ids))


def ids_with_words(session: Session, words: str, limit: int) -> list[int]:
    """Customers whose name or company has each of these words, whole; nobody where there is no word."""
    match = _quoted(words).replace("*", "")
    if not match:
        return []
    found = text("SELECT rowid FROM customer_name WHERE customer_name MATCH :match ORDER BY rowid LIMIT :limit")
    return list(session.execute(found, {"match": match, "limit": limit}).scalars())


def index_names_of(session: Session, first_id: int) -> None:
    """Puts the names of all customers from that id on into the full text, after an import."""
    session.execute(
        text("INSERT INTO customer_name(rowid, folded) SELECT id, folded FROM customer WHERE id >= :first"),
        {"first": first_id},
    )


def drop_old_names(session: Session) -> None:
    """Leaves in the full text no name or word that is no longer there: a deleted one stays until pieces merge."""
    session.execute(text("INSERT INTO customer_name(customer_name) VALUES ('optimize')"))
    session.execute(text("INSERT INTO note_words(note_words) VALUES ('optimize')"))
