"""A store on a real file for the tests, and a few customers to put into it. Keys and instants are always the same."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from care.calls.plan import plan_week
from care.calls.records import Plan
from care.customers.customer_input import ContactInput, CustomerInput, Rejection
from care.customers.imports.take import Imported, import_customers
from care.customers.policy import begin_store
from care.db import schema, sqlite
from care.db.engine import make_store, open_store, transaction
from care.db.journal import begin_change
from care.interviews.guide import seed_guide
from care.times.weeks import Week
from care.words import ContactKind, Usable

KEY = bytes(range(32))
MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
"""A Monday, of week 2026-W48."""
WEEK = Week(2026, 48)
SETTINGS = {"company": "Fjord Books", "country": "NO", "timezone": "UTC", "team": ["Ann", "Bo"], "callers": ["Ann"]}

_MADE: dict[str, bytes] = {}


class Store:
    """One store and its doors; ``rows`` looks at the file past care, with sqlite3 alone."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._engine: Engine | None = None
        self._looking: tuple[int, sqlite3.Connection] | None = None

    @property
    def engine(self) -> Engine:
        """The open store."""
        if self._engine is None:
            self._engine = open_store(self.path)
        return self._engine

    @contextmanager
    def changing(self, now: datetime = MONDAY, *, keep: bool = True) -> Iterator[Session]:
        """A writing transaction with its row in ``change``, as every command has it."""
        with transaction(self.path, self.engine, writes=True, keep=keep) as session:
            begin_change(session, "test", "Ann", now)
            yield session

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A transaction that only reads."""
        with transaction(self.path, self.engine, writes=False) as session:
            yield session

    @contextmanager
    def bare(self) -> Iterator[sqlite3.Connection]:
        """The file opened directly, in a transaction of its own."""
        connection = sqlite3.connect(self.path)
        try:
            with connection:
                yield connection
        finally:
            connection.close()

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """What a query gives on the file itself."""
        file = self.path.stat().st_ino
        if self._looking is None or self._looking[0] != file:
            self._look_away()
            self._looking = file, sqlite3.connect(self.path, check_same_thread=False)
        with self._looking[1] as connection:
            return connection.execute(query, values).fetchall()

    def _look_away(self) -> None:
        if self._looking is not None:
            self._looking[1].close()
            self._looking = None

    def one(self, query: str, *values: object) -> Any:
        """The one value a query gives on the file itself."""
        [(value,)] = self.rows(query, *values)
        return value

    def dump(self) -> list[str]:
        """Everything in the store, to see whether anything changed."""
        with self.bare() as connection:
            return list(connection.iterdump())

    def take(
        self, drafts: Iterable[CustomerInput | Rejection], now: datetime = MONDAY, source: str = "crm"
    ) -> Imported:
        """Imports these."""
        with self.changing(now) as session:
            return import_customers(session, drafts, "people.csv", "plain", source, now)

    def plan(
        self,
        week: Week = WEEK,
        now: datetime = MONDAY,
        wanted: int | None = None,
        callers: Sequence[str] = ("Ann",),
    ) -> Plan:
        """Plans a week."""
        with self.changing(now) as session:
            return plan_week(session, week, now, wanted=wanted, callers=callers, explicit_clock=True)

    def close(self) -> None:
        """Lets go of the file."""
        self._look_away()
        if self._engine is not None:
            self._engine.dispose()
            self._engine = None


def made_once(fill: Callable[[Store], Store]) -> Any:
    """A fixture, of the store as ``fill`` leaves it: each process fills it once, and every test has a copy."""

    def made(tmp_path: Path) -> Iterator[Store]:
        name = f"{fill.__module__}.{fill.__qualname__}"
        if name not in _MADE:
            with TemporaryDirectory() as folder:
                store = fill(new_store(Path(folder) / "care.db"))
                store.close()
                _MADE[name] = store.path.read_bytes()
        store = _copied(name, tmp_path / "care.db")
        yield store
        store.close()

    made.__doc__ = fill.__doc__
    return pytest.fixture(made, name=fill.__name__)


def _copied(name: str, path: Path) -> Store:
    with path.open("xb") as file:
        file.write(_MADE[name])
    path.chmod(0o600)
    return Store(path)


def new_store(path: Path, key: bytes = KEY, now: datetime = MONDAY, **settings: object) -> Store:
    """A fresh store with its key, its settings and its guide; each is made once, and copied from then on."""
    name = repr((key, now, sorted(settings.items())))
    if name not in _MADE:
        _MADE[name] = _made(key, now, settings)
    return _copied(name, path)


def _made(key: bytes, now: datetime, settings: dict[str, object]) -> bytes:
    with TemporaryDirectory() as folder:
        store = Store(Path(folder) / "care.db")
        make_store(store.path)
        with store.changing(now) as session:
            begin_store(session, {**SETTINGS, **settings}, now, key)
            seed_guide(session, now)
        store.close()
        return store.path.read_bytes()


def phone(number: int) -> str:
    """A Norwegian number of its own for each customer."""
    return f"+47400{number:05}"


def contact(value: str, usable: Usable = Usable.YES, original: str | None = None) -> ContactInput:
    """A phone number or an e-mail address."""
    kind = ContactKind.EMAIL if "@" in value else ContactKind.PHONE
    return ContactInput(kind, value, original or value, usable)


def draft(name: str, *contacts: str | ContactInput, line: int = 0, **more: Any) -> CustomerInput:
    """A customer as a file gives them."""
    given = tuple(contact(one) if isinstance(one, str) else one for one in contacts)
    return CustomerInput(line, name, contacts=given, **more)


def people(count: int, first: int = 1) -> list[CustomerInput]:
    """That many customers with a number each."""
    return [draft(f"Person {n:04}", phone(n), line=n + 1, external_id=f"E{n}") for n in range(first, first + count)]


def in_segments(count: int, *segments: str | None) -> list[CustomerInput]:
    """That many customers, in these segments by turns."""
    names = segments or ("retail", "trade", None)
    return [one._replace(segment=names[number % len(names)]) for number, one in enumerate(people(count))]


def later(**span: float) -> datetime:
    """An instant after ``MONDAY``."""
    return MONDAY + timedelta(**span)


REVISIONS = Path(schema.__file__).parent / "migrations" / "versions"

OLDER = {1: ("r0001_first.sql",), 2: ("r0001_first.sql", "r0002_kept_clean.sql")}
"""The earlier versions of a store, and the statements that made one."""


def taken_down(path: Path, version: int) -> None:
    """Makes a store of this version one of an earlier version, with every row and column that version had."""
    first = path.with_name("first.db")
    connection = sqlite3.connect(first, isolation_level=None)
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("ATTACH ? AS newer", (str(path),))
    statements = [one for name in OLDER[version] for one in schema.read_statements(REVISIONS / name)]
    for statement in (one for one in statements if not one.startswith("CREATE TRIGGER")):
        connection.execute(statement)
    tables = connection.execute("SELECT name FROM main.sqlite_master WHERE type = 'table'").fetchall()
    for (name,) in tables:
        if not name.startswith(("customer_name", "alembic")):
            columns = ", ".join(f'"{row[1]}"' for row in connection.execute(f'PRAGMA main.table_info("{name}")'))
            connection.execute(f'DELETE FROM main."{name}"')
            connection.execute(f'INSERT INTO main."{name}" ({columns}) SELECT {columns} FROM newer."{name}"')
    connection.execute("INSERT INTO customer_name(customer_name) VALUES ('rebuild')")
    for statement in (one for one in statements if one.startswith("CREATE TRIGGER")):
        connection.execute(statement)
    connection.execute("INSERT INTO main.alembic_version VALUES (?)", (f"{version:04}",))
    sqlite.mark(connection, version)
    assert sqlite.declared(connection) == sqlite.declared_by(statements)
    connection.close()
    first.replace(path)
