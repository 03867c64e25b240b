"""Opening a store: what is set on every connection, what is refused, and the two kinds of transaction.

A store is one file with a rollback journal, on purpose: it can be copied, kept in a folder that cannot be written,
and an erased name does not linger in a write-ahead log.
"""

import errno
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from sqlalchemy.pool import StaticPool

from care.db import schema
from care.errors import BadStore, NoStore

BUSY_SECONDS = 30


_HEADER = b"SQLite format 3\0"


_PRAGMAS = {"foreign_keys": 1, "secure_delete": 1, "temp_store": 2, "cache_size": -8192}


class NotAStore(BadStore):
    """What is there is not a store of care's."""

    def __init__(self, path: Path, what: str) -> None:
        super().__init__(f"{path} is {what}, not a store of care's. Name another with --store.")


class NewerStore(BadStore):
    """A later care made or upgraded this store."""

    def __init__(self, path: Path, version: int) -> None:
        super().__init__(
            f"{path} was written by a newer care (schema {version}; this one knows {schema.VERSION}). Upgrade care."
        )


class DamagedStore(BadStore):
    """The tables, indexes or triggers are not the ones care made."""

    def __init__(self, path: Path, what: str) -> None:
        super().__init__(f"{path} {what}. Nothing was changed; restore a backup, or ask for help with the file.")


def check_file(path: Path) -> None:
    """Refuses what is not a store by its first bytes, without opening it as a database."""
    try:
        if path.is_dir():
            raise NotAStore(path, "a folder")
        with path.open("rb") as file:
            head = file.read(100)
    except FileNotFoundError:
        raise NoStore(str(path)) from None
    except OSError as error:
        raise BadStore(f"{path} cannot be read: {error.strerror}. Check who may read it.") from None
    if not head:
        raise NotAStore(path, "an empty file")
    if not head.startswith(_HEADER):
        raise NotAStore(path, "not a database")
    if int.from_bytes(head[68:72], "big") != schema.APPLICATION_ID:
        raise NotAStore(path, "another program's database")


def _connect(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"file:{quote(str(path))}?mode=rw", uri=True, isolation_level=None, timeout=BUSY_SECONDS)


def _prepare(connection: sqlite3.Connection) -> None:
    for name, value in _PRAGMAS.items():
        connection.execute(f"PRAGMA {name} = {value}")
    for name, value in _PRAGMAS.items():
        if connection.execute(f"PRAGMA {name}").fetchone()[0] != value:
            raise BadStore(f"this SQLite cannot set {name}. Use a Python with a complete SQLite.")


def _check_schema(path: Path, connection: sqlite3.Connection) -> None:
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version > schema.VERSION:
        raise NewerStore(path, version)
    if version < schema.VERSION:
        from care.db.migrations.upgrade import upgrade

        upgrade(path, connection)
    found = schema.fingerprint(connection.execute("SELECT type, name, sql FROM sqlite_master"))
    if found != schema.FINGERPRINT:
        raise DamagedStore(path, "has tables or triggers that care did not make, or lacks some")


def _refusal(path: Path, error: sqlite3.Error) -> BadStore:
    name = getattr(error, "sqlite_errorname", "") or ""
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return BadStore(f"{path} is in use by another care that takes long. Try again in a minute.")
    if name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM")):
        return BadStore(f"{path} cannot be written. Check who may write the file and its folder.")
    if name.startswith(("SQLITE_FULL", "SQLITE_IOERR")):
        return BadStore(f"{path} could not be written: the disk is full or failing. Nothing was changed; make room.")
    if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
        return DamagedStore(path, "is damaged")
    return BadStore(f"{path} refused: {error}. Run care doctor.")


def make_store(path: Path) -> None:
    """Makes a new, empty store. Raises BadStore where something is already there or the folder cannot be written."""
    if path.exists():
        raise taken(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600, exist_ok=False)
    except OSError as error:
        raise BadStore(f"{path} cannot be made: {error.strerror}. Name another place with --store.") from None
    try:
        connection = _connect(path)
        _prepare(connection)
        connection.execute("BEGIN IMMEDIATE")
        schema.make(connection)
        connection.execute("COMMIT")
        connection.close()
    except sqlite3.Error as error:
        path.unlink(missing_ok=True)
        raise _refusal(path, error) from None


def taken(path: Path) -> BadStore:
    """The refusal to make a store where something is."""
    return BadStore(f"{path} is there already. Name another with --store, or go on with it.")


def put_in_place(made: Path, path: Path) -> None:
    """Moves a store that was made beside its place into it. Raises BadStore when someone else was there first."""
    try:
        os.link(made, path)
    except FileExistsError:
        raise taken(path) from None
    except OSError as error:
        if error.errno not in (errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS):
            raise BadStore(f"{path} cannot be made: {error.strerror}. Name another place with --store.") from None
        made.rename(path)  # a file system without links: the little race that is left cannot be closed there


def _sound(path: Path) -> sqlite3.Connection:
    """A connection to a store whose schema was looked at; none is left open when it is refused."""
    connection = None
    try:
        connection = _connect(path)
        _prepare(connection)
        _check_schema(path, connection)
    except BaseException as error:
        if connection is not None:
            connection.close()
        cause = error.orig if isinstance(error, DBAPIError) else error  # an upgrade goes through SQLAlchemy
        if isinstance(cause, sqlite3.Error):
            raise _refusal(path, cause) from None
        raise
    return connection


def open_store(path: Path) -> Engine:
    """An engine on a sound store of this version, upgraded if it is older. Raises BadStore, the file untouched."""
    check_file(path)
    connection = _sound(path)
    engine = create_engine("sqlite://", creator=lambda: connection, poolclass=StaticPool)

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql(f"PRAGMA query_only = {0 if writes else 1}")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def pack(path: Path, engine: Engine) -> None:
    """Writes the file anew without its free pages, so that nothing erased is in it. Raises BadStore."""
    connection = engine.raw_connection()
    try:
        cursor = connection.cursor()
        cursor.execute("PRAGMA query_only = 0")
        cursor.execute("VACUUM")
    except sqlite3.Error as error:
        raise _refusal(path, error) from None
    finally:
        connection.close()


@contextmanager
def transaction(path: Path, engine: Engine, *, writes: bool, keep: bool = True) -> Iterator[Session]:
    """One transaction, committed at the end, rolled back when anything is raised or it is not to be kept.

    Readers are plain and cannot write; writers queue for up to ``BUSY_SECONDS``. Raises BadStore for what SQLite
    refuses.
    """
    try:
        with Session(engine.execution_options(writes=writes)) as session, session.begin() as work:
            yield session
            if not keep:
                work.rollback()
    except DBAPIError as error:
        if isinstance(error.orig, sqlite3.IntegrityError | sqlite3.ProgrammingError) or not isinstance(
            error.orig, sqlite3.Error
        ):
            raise
        raise _refusal(path, error.orig) from None
