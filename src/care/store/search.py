"""Full text: the only place, with the schema, that speaks SQLite's own dialect."""

from sqlalchemy import text
from sqlalchemy.orm import Session

from care.text import fold

_SPECIAL = str.maketrans({"%": r"\%", "_": r"\_", "\\": r"\\"})


def _quoted(said: str) -> str:
    # FTS5 reads up to the first NUL, and would miss the closing quote.
    words = [word.replace('"', '""') for word in fold(said).replace("\0", " ").split()]
    return " ".join(f'"{word}"*' for word in words)


def ids_by_name(session: Session, said: str, limit: int) -> tuple[list[int], int]:
    """Customers with words beginning like these in name or company, and how many there are.

    Where no word begins so, the letters may stand anywhere; that walks every name and is the rarer wish.
    """
    match = _quoted(said)
    if not match:
        return [], 0
    found = text("SELECT rowid FROM customer_name WHERE customer_name MATCH :match ORDER BY rowid LIMIT :limit")
    ids = list(session.execute(found, {"match": match, "limit": limit}).scalars())
    if len(ids) == limit:
        counted = text("SELECT count(*) FROM customer_name WHERE customer_name MATCH :match")
        return ids, int(session.execute(counted, {"match": match}).scalar_one())
    if not ids:
        inside = text(r"SELECT id FROM customer WHERE folded LIKE :part ESCAPE '\' ORDER BY id LIMIT :limit")
        part = f"%{fold(said).translate(_SPECIAL)}%"
        ids = list(session.execute(inside, {"part": part, "limit": limit}).scalars())
    return ids, len(ids)


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


def highest_id_ever(session: Session, name: str) -> int:
    """The highest id a table that never uses one twice has handed out, also for rows that are gone."""
    found = session.execute(text("SELECT seq FROM sqlite_sequence WHERE name = :name"), {"name": name})
    return int(found.scalar_one_or_none() or 0)


def drop_old_names(session: Session) -> None:
    """Leaves in the full text no name or word that is no longer there: a deleted one stays until pieces merge."""
    session.execute(text("INSERT INTO customer_name(customer_name) VALUES ('optimize')"))
    session.execute(text("INSERT INTO note_words(note_words) VALUES ('optimize')"))
