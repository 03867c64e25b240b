"""What only SQLite knows: connecting, its settings and transactions, its errors, the file's header, checks and copies.

A store is one file with a rollback journal, on purpose: it can be copied, kept in a folder that cannot be written,
and an erased name does not linger in a write-ahead log.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.orm import Session
from sqlalchemy.pool import StaticPool

from care.db.errors import DamagedStore
from care.errors import BadStore

File = sqlite3.Connection
"""The driver's connection to one file."""

Error = sqlite3.Error

BUSY_SECONDS = 30
"""How long a writer waits for another."""

HEADER_BYTES = 100

_APPLICATION_ID = 0x63617265
"""``care`` in ASCII, at byte 68 of the file."""

_MAGIC = b"SQLite format 3\0"

_PRAGMAS = {"foreign_keys": 1, "secure_delete": 1, "temp_store": 2, "cache_size": -8192}


def strange(header: bytes) -> str | None:
    """What a file with this header is, when it is not a store; None for a store."""
    if not header:
        return "an empty file"
    if not header.startswith(_MAGIC):
        return "not a database"
    if int.from_bytes(header[68:72], "big") != _APPLICATION_ID:
        return "another program's database"
    return None


def connect(path: Path) -> File:
    """A connection to a file that exists, with every setting a store needs. Raises Error, or BadStore."""
    uri = f"file:{quote(str(path))}?mode=rw"
    connection = sqlite3.connect(uri, uri=True, isolation_level=None, timeout=BUSY_SECONDS)
    try:
        for name, value in _PRAGMAS.items():
            connection.execute(f"PRAGMA {name} = {value}")
        for name, value in _PRAGMAS.items():
            if _pragma(connection, name) != value:
                raise BadStore(f"this SQLite cannot set {name}. Use a Python with a complete SQLite.")
    except BaseException:
        connection.close()
        raise
    return connection


def _pragma(connection: File, name: str) -> object:
    return connection.execute(f"PRAGMA {name}").fetchone()[0]


def engine_on(connection: File) -> Engine:
    """An engine on one connection. A transaction begins as a writer where its option ``writes`` is true.

    A writer holds the file from its beginning, and a reader cannot write.
    """
    engine = create_engine("sqlite://", creator=lambda: connection, poolclass=StaticPool)

    @event.listens_for(engine, "begin")
    def _begin(live: Connection) -> None:
        writes = live.get_execution_options().get("writes", False)
        live.exec_driver_sql(f"PRAGMA query_only = {0 if writes else 1}")
        live.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def driver(session: Session) -> File:
    """The driver's connection of a session. Raises BadStore when it is closed."""
    live = session.connection().connection.driver_connection
    if live is None:
        raise BadStore("the store is closed. Try again.")
    connection: File = live
    return connection


@contextmanager
def writing(connection: File) -> Iterator[None]:
    """A transaction of a bare connection that writes, committed at the end."""
    connection.execute("BEGIN IMMEDIATE")
    yield
    connection.execute("COMMIT")


@contextmanager
def links_unchecked(connection: File) -> Iterator[None]:
    """Foreign keys are off; only possible outside a transaction."""
    connection.execute("PRAGMA foreign_keys = OFF")
    try:
        yield
    finally:
        connection.execute("PRAGMA foreign_keys = ON")


def mark(connection: File, version: int) -> None:
    """Marks the file as care's, of this version of the schema."""
    connection.execute(f"PRAGMA application_id = {_APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {version}")


def version_of(connection: File) -> int:
    """The version of the schema, as ``mark`` left it."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def declared(connection: File) -> list[tuple[str, str, str]]:
    """Type, name and statement of everything someone declared, in order."""
    rows = connection.execute("SELECT type, name, sql FROM sqlite_master")
    return sorted((kind, name, sql or "") for kind, name, sql in rows if not name.startswith("sqlite_"))


def declared_by(statements: Iterable[str]) -> list[tuple[str, str, str]]:
    """As ``declared``, of a store that these statements make."""
    with closing(sqlite3.connect(":memory:")) as connection:
        for statement in statements:
            connection.execute(statement)
        return declared(connection)


def fault_in(connection: File, most: int = 100) -> str | None:
    """What SQLite finds wrong with the file, up to ``most`` things; None when it is sound."""
    said = str(_pragma(connection, f"integrity_check({most})"))
    return None if said == "ok" else said


def count_orphans(connection: File) -> int:
    """How many rows point at something that is not there."""
    return len(connection.execute("PRAGMA foreign_key_check").fetchall())


def highest_id_ever(session: Session, table: str) -> int:
    """The highest id a table that never uses one twice has handed out, also for rows that are gone."""
    found = session.execute(text("SELECT seq FROM sqlite_sequence WHERE name = :name"), {"name": table})
    return int(found.scalar_one_or_none() or 0)


def pack(connection: File) -> None:
    """Writes the file anew without its free pages. Raises Error."""
    connection.execute("PRAGMA query_only = 0")
    connection.execute("VACUUM")


def copy_to(source: File, target: Path) -> str | None:
    """Copies what a connection sees into a file, and returns what is wrong with the copy. Raises Error."""
    with closing(sqlite3.connect(target)) as copy:
        source.backup(copy)
        return fault_in(copy)


def connect_to_read(path: Path) -> File:
    """A connection that cannot write. Raises Error."""
    return sqlite3.connect(f"file:{quote(str(path))}?mode=ro", uri=True)


def is_refusal(error: BaseException) -> bool:
    """Whether SQLite or the disk refuses, rather than a statement or what it writes being wrong."""
    return isinstance(error, Error) and not isinstance(error, sqlite3.IntegrityError | sqlite3.ProgrammingError)


def is_damage(error: BaseException) -> bool:
    """Whether the file is damaged, or no database."""
    return _name_of(error).startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB"))


def refusal(path: Path, error: BaseException) -> BadStore:
    """What an error of SQLite's means for a person."""
    name = _name_of(error)
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return BadStore(f"{path} is in use by another care that takes long. Try again in a minute.")
    if name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM")):
        return BadStore(f"{path} cannot be written. Check who may write the file and its folder.")
    if name.startswith(("SQLITE_FULL", "SQLITE_IOERR")):
        return BadStore(f"{path} could not be written: the disk is full or failing. Nothing was changed; make room.")
    if is_damage(error):
        return DamagedStore(path, "is damaged")
    return BadStore(f"{path} refused: {error}. Run care doctor.")


def _name_of(error: BaseException) -> str:
    return getattr(error, "sqlite_errorname", "") or ""
