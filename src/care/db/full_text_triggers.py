"""Keeping every word that was said where it can be searched for: the full text and the triggers that feed it."""

from collections.abc import Iterator

# Each kind of words that can be searched for: whose they are, in which call, when they were said, whether private.
_NOW = "(SELECT at FROM change WHERE id = (SELECT max(id) FROM change))"


_HELD = f"coalesce((SELECT held_at FROM call WHERE id = NEW.call_id), {_NOW})"


_OF = "FROM transcript WHERE id = NEW.transcript_id"


WORDS = {
    "answer": ("words", "NEW.customer_id", "NEW.call_id", _HELD, "NEW.private"),
    "gold": ("words", "NEW.customer_id", "NEW.call_id", "NEW.said_at", "0"),
    "raiser": ("words", "NEW.customer_id", "NEW.call_id", "NEW.raised_at", "0"),
    "issue": ("title", "NULL", "NULL", "NEW.opened_at", "0"),
    "promise": ("what", "NEW.customer_id", "NEW.call_id", "NEW.made_at", "0"),
    "touch": ("words", "NEW.customer_id", "NULL", "NEW.at", "0"),
    "passage": ("words", "NEW.customer_id", f"(SELECT call_id {_OF})",
                f"coalesce((SELECT held_at FROM call WHERE id = (SELECT call_id {_OF})), {_NOW})", "0"),
    "customer": ("remember", "NEW.id", "NULL", f"coalesce(NEW.last_heard_at, {_NOW})", "0"),
}  # fmt: skip


KINDS = {"passage": "transcript", "customer": "remember"}


FULL_TEXT = """CREATE VIRTUAL TABLE note_words USING fts5(
  words, content='note', content_rowid='id', tokenize='porter unicode61 remove_diacritics 2'
)"""


FOLLOWS = (
    """CREATE TRIGGER note_added AFTER INSERT ON note BEGIN
  INSERT INTO note_words(rowid, words) VALUES (NEW.id, NEW.words);
END""",
    """CREATE TRIGGER note_changed AFTER UPDATE OF words ON note WHEN NEW.words <> OLD.words BEGIN
  INSERT INTO note_words(note_words, rowid, words) VALUES ('delete', OLD.id, OLD.words);
  INSERT INTO note_words(rowid, words) VALUES (NEW.id, NEW.words);
END""",
    """CREATE TRIGGER note_gone AFTER DELETE ON note BEGIN
  INSERT INTO note_words(note_words, rowid, words) VALUES ('delete', OLD.id, OLD.words);
END""",
    """CREATE TRIGGER note_held AFTER UPDATE OF held_at ON call WHEN NEW.held_at IS NOT NULL BEGIN
  UPDATE note SET said_at = NEW.held_at WHERE call_id = NEW.id AND kind = 'answer';
END""",
)


def note_triggers(name: str) -> Iterator[str]:
    """What keeps the words of a table in the search: added, changed and taken away with them."""
    words, customer, call, said_at, private = WORDS[name]
    kind = KINDS.get(name, name)
    mine, said = f"kind = '{kind}' AND row_id", f"coalesce(trim(NEW.{words}), '') <> ''"
    add = (
        "INSERT INTO note(kind, row_id, customer_id, call_id, said_at, private, words)\n"
        f"  SELECT '{kind}', NEW.id, {customer}, {call}, {said_at}, {private}, NEW.{words}\n  WHERE {said}"
    )
    follows = [
        column
        for column in (words, "customer_id", "call_id", "private")
        if f"NEW.{column}" in (*WORDS[name], f"NEW.{words}")
    ]
    yield f"CREATE TRIGGER note_{name}_added AFTER INSERT ON {name} WHEN {said} BEGIN\n  {add};\nEND"
    yield (
        f"CREATE TRIGGER note_{name}_changed AFTER UPDATE OF {', '.join(follows)} ON {name}\n"
        f"WHEN {' OR '.join(f'NEW.{column} IS NOT OLD.{column}' for column in follows)} BEGIN\n"
        f"  DELETE FROM note WHERE {mine} = NEW.id AND NOT ({said});\n"
        f"  UPDATE note SET words = NEW.{words}, customer_id = {customer}, call_id = {call}, private = {private}\n"
        f"  WHERE {mine} = NEW.id;\n"
        f"  {add} AND NOT EXISTS (SELECT 1 FROM note WHERE {mine} = NEW.id);\nEND"
    )
    yield (
        f"CREATE TRIGGER note_{name}_gone AFTER DELETE ON {name} WHEN OLD.{words} IS NOT NULL BEGIN\n"
        f"  DELETE FROM note WHERE {mine} = OLD.id;\nEND"
    )
