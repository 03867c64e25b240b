"""What a store is made of: the tables, and the triggers for what must always hold.

``schema.sql`` beside this file is the frozen outcome, so that a store does not depend on how a library spells its
statements; a test holds the two together, and ``python -m care.db.schema`` writes it anew.
"""

from collections.abc import Iterable
from hashlib import blake2b
from pathlib import Path

from sqlalchemy import Table
from sqlalchemy.dialects.sqlite import dialect
from sqlalchemy.schema import CreateIndex, CreateTable

from care.db import sqlite

VERSION = 3
"""The schema this program makes and reads."""

FINGERPRINT = "69fe15f039294c5f0b85f2abd4597437"
"""What ``fingerprint`` gives for a sound store of this version."""

REVISION = "0003"

VERSION_TABLE = "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)"

_FROZEN = Path(__file__).with_name("schema.sql")


def all_tables() -> list[Table]:
    """Every table of a store, those that others refer to first."""
    from importlib import import_module
    from pkgutil import iter_modules

    from care.db import tables
    from care.db.tables.columns import METADATA

    for module in iter_modules(tables.__path__):
        import_module(f"{tables.__name__}.{module.name}")
    return METADATA.sorted_tables


def statements() -> list[str]:
    """Every statement that makes a store, from the tables and the triggers, in order."""
    from care.db import triggers

    made: list[str] = []
    for table in all_tables():
        made.append(str(CreateTable(table).compile(dialect=dialect())))
        made += sorted(str(CreateIndex(index).compile(dialect=dialect())) for index in table.indexes)
    made += triggers.statements()
    for table in all_tables():
        made += triggers.table_statements(table)
    made.append(VERSION_TABLE)
    return [_plain(statement) for statement in made]


def _plain(statement: str) -> str:
    return "\n".join(line.rstrip().replace("\t", "  ") for line in statement.strip().splitlines())


def read_statements(path: Path) -> list[str]:
    """The statements of a frozen file, in order."""
    return path.read_text("utf-8").rstrip().rstrip(";").split(";;\n")


def frozen() -> list[str]:
    """The statements of ``schema.sql``."""
    return read_statements(_FROZEN)


def make(connection: sqlite.File) -> None:
    """Makes the tables of a new store in an open transaction and marks the file as care's."""
    for statement in frozen():
        connection.execute(statement)
    connection.execute("INSERT INTO alembic_version VALUES (?)", (REVISION,))
    sqlite.mark(connection, VERSION)


def fingerprint(declared: Iterable[tuple[str, str, str]]) -> str:
    """A digest of the type, name and statement of everything that is declared in a store."""
    digest = blake2b(digest_size=16)
    for row in declared:
        digest.update("\0".join(row).encode() + b"\1")
    return digest.hexdigest()


if __name__ == "__main__":
    import sys

    _FROZEN.write_text(";;\n".join(statements()) + ";\n", "utf-8")
    sys.stdout.write(f"{fingerprint(sqlite.declared_by(frozen()))}\n")
