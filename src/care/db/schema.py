"""What a store is made of: tables from the metadata, and the triggers for what must always hold.

``schema.sql`` beside this file is the frozen outcome, so that a store does not depend on how a library spells its
statements; a test holds the two together, and ``python -m care.db.schema`` writes it anew.
"""

import importlib
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from importlib.resources import files
from sqlite3 import Connection, connect

from sqlalchemy import Table
from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateIndex, CreateTable

from care.db import full_text_triggers

APPLICATION_ID = 0x63617265
"""``care`` in ASCII, at byte 68 of the file."""


VERSION = 3
"""The schema this program makes and reads."""


FINGERPRINT = "69fe15f039294c5f0b85f2abd4597437"
"""What ``fingerprint`` gives for a sound store of this version."""


REVISION = "0003"


VERSION_TABLE = "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)"


NOUNS = (
    "setting",
    "journal",
    "customer",
    "imports",
    "duplicate",
    "forgotten",
    "tally",
    "ledger",
    "draw",
    "call",
    "interview",
    "issue",
    "owed",
    "touch",
    "transcript",
    "note",
)


JOURNALED = (
    "setting",
    "company",
    "customer",
    "contact",
    "source_id",
    "layout",
    "duplicate",
    "call",
    "attempt",
    "week_off",
    "question",
    "wording",
    "answer",
    "vein",
    "gold",
    "issue",
    "issue_note",
    "raiser",
    "promise",
    "touch",
    "transcript",
    "passage",
    "owing",
)
"""Tables whose rows can be brought back. The key, the ledger, the sealed draws and the counters stay outside."""


_CHANGE = "(SELECT max(id) FROM change)"


# An import is its own inverse, so the rows it adds are not journaled one by one, and the full text follows in one go.
_IMPORTED = ("company", "customer", "contact", "source_id")


_NOT_IMPORTING = f"(NEW.added_in IS NULL OR (SELECT change_id FROM batch WHERE id = NEW.added_in) <> {_CHANGE})"


_FULL_TEXT = """CREATE VIRTUAL TABLE customer_name USING fts5(
  folded, content='customer', content_rowid='id', prefix='2 3', columnsize=0, tokenize='unicode61 remove_diacritics 2'
)"""


_COUNTERS = (
    f"""CREATE TRIGGER customer_name_added AFTER INSERT ON customer WHEN {_NOT_IMPORTING} BEGIN
  INSERT INTO customer_name(rowid, folded) VALUES (NEW.id, NEW.folded);
END""",
    """CREATE TRIGGER customer_name_changed AFTER UPDATE OF folded ON customer WHEN NEW.folded <> OLD.folded BEGIN
  INSERT INTO customer_name(customer_name, rowid, folded) VALUES ('delete', OLD.id, OLD.folded);
  INSERT INTO customer_name(rowid, folded) VALUES (NEW.id, NEW.folded);
END""",
    """CREATE TRIGGER customer_name_gone AFTER DELETE ON customer BEGIN
  INSERT INTO customer_name(customer_name, rowid, folded) VALUES ('delete', OLD.id, OLD.folded);
END""",
    """CREATE TRIGGER tally_added AFTER INSERT ON customer BEGIN
  INSERT INTO tally(stratum, standing, cycle, heard, n)
  VALUES (NEW.stratum, NEW.standing, NEW.cycle, NEW.last_heard_at IS NOT NULL, 1)
  ON CONFLICT(stratum, standing, cycle, heard) DO UPDATE SET n = n + 1;
END""",
    """CREATE TRIGGER tally_changed AFTER UPDATE OF stratum, standing, cycle, last_heard_at ON customer
WHEN NEW.stratum <> OLD.stratum OR NEW.standing <> OLD.standing OR NEW.cycle <> OLD.cycle
  OR (NEW.last_heard_at IS NULL) <> (OLD.last_heard_at IS NULL) BEGIN
  UPDATE tally SET n = n - 1 WHERE stratum = OLD.stratum AND standing = OLD.standing AND cycle = OLD.cycle
    AND heard = (OLD.last_heard_at IS NOT NULL);
  DELETE FROM tally WHERE stratum = OLD.stratum AND standing = OLD.standing AND cycle = OLD.cycle
    AND heard = (OLD.last_heard_at IS NOT NULL) AND n = 0;
  INSERT INTO tally(stratum, standing, cycle, heard, n)
  VALUES (NEW.stratum, NEW.standing, NEW.cycle, NEW.last_heard_at IS NOT NULL, 1)
  ON CONFLICT(stratum, standing, cycle, heard) DO UPDATE SET n = n + 1;
END""",
    """CREATE TRIGGER tally_gone AFTER DELETE ON customer BEGIN
  UPDATE tally SET n = n - 1 WHERE stratum = OLD.stratum AND standing = OLD.standing AND cycle = OLD.cycle
    AND heard = (OLD.last_heard_at IS NOT NULL);
  DELETE FROM tally WHERE stratum = OLD.stratum AND standing = OLD.standing AND cycle = OLD.cycle
    AND heard = (OLD.last_heard_at IS NOT NULL) AND n = 0;
END""",
    """CREATE TRIGGER planned_added AFTER INSERT ON call WHEN NEW.state = 'planned' BEGIN
  UPDATE customer SET planned = planned + 1 WHERE id = NEW.customer_id;
END""",
    """CREATE TRIGGER planned_changed AFTER UPDATE OF state, customer_id ON call
WHEN NEW.state <> OLD.state OR NEW.customer_id <> OLD.customer_id BEGIN
  UPDATE customer SET planned = planned - 1 WHERE id = OLD.customer_id AND OLD.state = 'planned';
  UPDATE customer SET planned = planned + 1 WHERE id = NEW.customer_id AND NEW.state = 'planned';
END""",
    """CREATE TRIGGER planned_gone AFTER DELETE ON call WHEN OLD.state = 'planned' BEGIN
  UPDATE customer SET planned = planned - 1 WHERE id = OLD.customer_id;
END""",
    """CREATE TRIGGER raiser_added AFTER INSERT ON raiser BEGIN
  UPDATE issue SET raisers = raisers + 1, waiting = waiting + (NEW.told_at IS NULL) WHERE id = NEW.issue_id;
END""",
    """CREATE TRIGGER raiser_changed AFTER UPDATE OF issue_id, told_at ON raiser
WHEN NEW.issue_id <> OLD.issue_id OR (NEW.told_at IS NULL) <> (OLD.told_at IS NULL) BEGIN
  UPDATE issue SET raisers = raisers - 1, waiting = waiting - (OLD.told_at IS NULL) WHERE id = OLD.issue_id;
  UPDATE issue SET raisers = raisers + 1, waiting = waiting + (NEW.told_at IS NULL) WHERE id = NEW.issue_id;
END""",
    """CREATE TRIGGER raiser_gone AFTER DELETE ON raiser BEGIN
  UPDATE issue SET raisers = raisers - 1, waiting = waiting - (OLD.told_at IS NULL) WHERE id = OLD.issue_id;
END""",
)


# What may be erased with a forgotten customer; everything else in these tables is there for good.
_ERASABLE = {"ledger": ("uid", "salt", "customer_id"), "draw_entry": ("uid", "salt", "cycle", "place", "customer_id")}


def _tables() -> list[Table]:
    for noun in NOUNS:
        importlib.import_module(f"care.db.tables.{noun}")
    from care.db.tables.columns import METADATA

    return METADATA.sorted_tables


def _journal_triggers(table: Table) -> Iterator[str]:
    name, key = table.name, next(iter(table.primary_key)).name
    person = "id" if name == "customer" else "customer_id" if "customer_id" in table.c else None
    image = ", ".join(f"'{column.name}', OLD.\"{column.name}\"" for column in table.c)
    for act, row in (("insert", "NEW"), ("update", "OLD"), ("delete", "OLD")):
        when = f" WHEN {_NOT_IMPORTING}" if act == "insert" and name in _IMPORTED else ""
        old = "NULL" if act == "insert" else f"json_object({image})"
        whose = f"{row}.{person}" if person else "NULL"
        yield (
            f'CREATE TRIGGER journal_{name}_{act} AFTER {act.upper()} ON "{name}"{when} BEGIN\n'
            f"  INSERT INTO journal(change_id, noun, row_id, act, customer_id, old)\n"
            f"  VALUES ({_CHANGE}, '{name}', {row}.\"{key}\", '{act}', {whose}, {old});\nEND"
        )


def _append_only(table: Table) -> Iterator[str]:
    name, erasable = table.name, _ERASABLE.get(table.name, ())
    fixed = [column.name for column in table.c if column.name not in erasable]
    changed = [f'NEW."{column}" IS NOT OLD."{column}"' for column in fixed]
    changed += [f'(NEW."{column}" IS NOT NULL AND NEW."{column}" IS NOT OLD."{column}")' for column in erasable]
    refuse = f"BEGIN\n  SELECT RAISE(ABORT, '{name} is append-only');\nEND"
    yield f"CREATE TRIGGER {name}_stays BEFORE DELETE ON {name} {refuse}"
    yield f"CREATE TRIGGER {name}_as_written BEFORE UPDATE ON {name}\nWHEN {' OR '.join(changed)} {refuse}"


def statements() -> list[str]:
    """Every statement that makes a store, from the metadata and the triggers above, in order."""
    dialect = sqlite.dialect()
    made: list[str] = []
    tables = _tables()
    for table in tables:
        made.append(str(CreateTable(table).compile(dialect=dialect)))
        made += sorted(str(CreateIndex(index).compile(dialect=dialect)) for index in table.indexes)
    made += [_FULL_TEXT, *_COUNTERS, full_text_triggers.FULL_TEXT, *full_text_triggers.FOLLOWS]
    for table in tables:
        if table.name in JOURNALED:
            made += _journal_triggers(table)
        if table.name in full_text_triggers.WORDS:
            made += full_text_triggers.note_triggers(table.name)
        if table.name in ("ledger", "draw", "draw_entry"):
            made += _append_only(table)
    made.append(VERSION_TABLE)
    return [_plain(statement) for statement in made]


def _plain(statement: str) -> str:
    return "\n".join(line.rstrip().replace("\t", "  ") for line in statement.strip().splitlines())


def frozen() -> list[str]:
    """The statements of ``schema.sql``."""
    return files("care.db").joinpath("schema.sql").read_text("utf-8").rstrip().rstrip(";").split(";;\n")


def make(connection: Connection) -> None:
    """Makes the tables of a new store in an open transaction and marks the file as care's."""
    for statement in frozen():
        connection.execute(statement)
    connection.execute("INSERT INTO alembic_version VALUES (?)", (REVISION,))
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {VERSION}")


def fingerprint(rows: Iterable[tuple[str, str, str | None]]) -> str:
    """A digest of (type, name, sql) of everything in ``sqlite_master`` that someone declared, whatever the order."""
    declared = sorted((kind, name, sql or "") for kind, name, sql in rows if not name.startswith("sqlite_"))
    digest = blake2b(digest_size=16)
    for row in declared:
        digest.update("\0".join(row).encode() + b"\1")
    return digest.hexdigest()


def fingerprint_of(made: Iterable[str]) -> str:
    """The fingerprint of a store these statements make."""
    connection = connect(":memory:")
    for statement in made:
        connection.execute(statement)
    return fingerprint(connection.execute("SELECT type, name, sql FROM sqlite_master"))


if __name__ == "__main__":
    import sys
    from pathlib import Path

    Path(str(files("care.db").joinpath("schema.sql"))).write_text(";;\n".join(statements()) + ";\n", "utf-8")
    sys.stdout.write(f"{fingerprint_of(frozen())}\n")
