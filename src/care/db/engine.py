"""Opening a store: what is refused, how a new one is made, and the two kinds of transaction."""

import errno
import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import cast

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from care.db import schema, sqlite
from care.db.errors import DamagedStore, NewerStore, NotAStore
from care.errors import BadStore, NoStore


def check_file(path: Path) -> None:
    """Refuses what is not a store by its first bytes, without opening it as a database."""
    try:
        if path.is_dir():
            raise NotAStore(path, "a folder")
        with path.open("rb") as file:
            header = file.read(sqlite.HEADER_BYTES)
    except FileNotFoundError:
        raise NoStore(str(path)) from None
    except OSError as error:
        raise BadStore(f"{path} cannot be read: {error.strerror}. Check who may read it.") from None
    strange = sqlite.strange(header)
    if strange is not None:
        raise NotAStore(path, strange)


def _check_schema(path: Path, connection: sqlite.File) -> None:
    version = sqlite.version_of(connection)
    if version > schema.VERSION:
        raise NewerStore(path, version, schema.VERSION)
    if version < schema.VERSION:
        from care.db.migrations.upgrade import upgrade

        upgrade(path, connection)
    if schema.fingerprint(sqlite.declared(connection)) != schema.FINGERPRINT:
        raise DamagedStore(path, "has tables or triggers that care did not make, or lacks some")


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
        with closing(sqlite.connect(path)) as connection, sqlite.writing(connection):
            schema.make(connection)
    except sqlite.Error as error:
        path.unlink(missing_ok=True)
        raise sqlite.refusal(path, error) from None


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


def _sound(path: Path) -> sqlite.File:
    """A connection to a store whose schema was looked at; none is left open when it is refused."""
    connection = None
    try:
        connection = sqlite.connect(path)
        _check_schema(path, connection)
    except BaseException as error:
        if connection is not None:
            connection.close()
        cause = error.orig if isinstance(error, DBAPIError) else error  # an upgrade goes through SQLAlchemy
        if isinstance(cause, sqlite.Error):
            raise sqlite.refusal(path, cause) from None
        raise
    return connection


def open_store(path: Path) -> Engine:
    """An engine on a sound store of this version, upgraded if it is older. Raises BadStore, the file untouched."""
    check_file(path)
    return sqlite.engine_on(_sound(path))


def pack(path: Path, engine: Engine) -> None:
    """Writes the file anew without its free pages, so that nothing erased is in it. Raises BadStore."""
    connection = engine.raw_connection()
    try:
        sqlite.pack(cast(sqlite.File, connection.driver_connection))
    except sqlite.Error as error:
        raise sqlite.refusal(path, error) from None
    finally:
        connection.close()


@contextmanager
def transaction(path: Path, engine: Engine, *, writes: bool, keep: bool = True) -> Iterator[Session]:
    """One transaction, committed at the end, rolled back when anything is raised or it is not to be kept.

    Readers cannot write; writers queue for up to ``sqlite.BUSY_SECONDS``. Raises BadStore for what the store refuses.
    """
    try:
        with Session(engine.execution_options(writes=writes)) as session, session.begin() as work:
            yield session
            if not keep:
                work.rollback()
    except DBAPIError as error:
        if error.orig is None or not sqlite.is_refusal(error.orig):
            raise
        raise sqlite.refusal(path, error.orig) from None
