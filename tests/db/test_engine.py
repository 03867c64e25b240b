"""Opening a store: what is refused leaves the file byte for byte as it was and nothing beside it."""

import os
import shutil
import sqlite3
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from care.customers.add import add_customer
from care.db import schema, sqlite
from care.db.engine import make_store, open_store, transaction
from care.db.errors import DamagedStore, NewerStore, NotAStore
from care.errors import BadStore, NoStore
from stores import MONDAY, Store, draft, new_store, phone


def a_png(path: Path) -> None:
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(500))


def a_strangers_database(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE secrets (word TEXT)")
    connection.close()


def altered(*statements: str) -> Callable[[Path], None]:
    def alter(path: Path) -> None:
        new_store(path).close()
        with sqlite3.connect(path) as connection:
            for statement in statements:
                connection.execute(statement)
        connection.close()

    return alter


def cut_short(path: Path) -> None:
    new_store(path).close()
    path.write_bytes(path.read_bytes()[:5000])


def care_by_its_header_only(path: Path) -> None:
    new_store(path).close()
    whole = path.read_bytes()
    path.write_bytes(whole[:100] + b"\xff" * (len(whole) - 100))


REFUSED = {
    "missing": (lambda path: None, NoStore),
    "a folder": (lambda path: path.mkdir(), NotAStore),
    "empty": (lambda path: path.touch(), NotAStore),
    "a picture": (a_png, NotAStore),
    "another program's database": (a_strangers_database, NotAStore),
    "newer": (altered(f"PRAGMA user_version = {schema.VERSION + 1}"), NewerStore),
    "without a trigger": (altered("DROP TRIGGER ledger_stays"), DamagedStore),
    "without a journal": (altered("DROP TRIGGER journal_customer_update"), DamagedStore),
    "with an index that lost its condition": (
        altered("DROP INDEX customer_order", "CREATE INDEX customer_order ON customer (stratum, cycle, place)"),
        DamagedStore,
    ),
    "with a table too many": (altered("CREATE TABLE more (id INTEGER)"), DamagedStore),
    "with a column too many": (altered("ALTER TABLE touch ADD COLUMN mood VARCHAR"), DamagedStore),
    "cut short": (cut_short, BadStore),
    "care by its header only": (care_by_its_header_only, BadStore),
}


@pytest.mark.parametrize(("make", "error"), REFUSED.values(), ids=REFUSED.keys())
def test_a_file_that_is_no_sound_store_is_refused_untouched(
    make: Callable[[Path], None], error: type[BadStore], tmp_path: Path
) -> None:
    path = tmp_path / "care.db"
    make(path)
    before = path.read_bytes() if path.is_file() else None
    beside = sorted(one.name for one in tmp_path.iterdir())
    with pytest.raises(BadStore) as refusal:
        open_store(path)
    assert type(refusal.value) is error or (error is BadStore and isinstance(refusal.value, BadStore))
    assert refusal.value.exit_code == 5
    assert (path.read_bytes() if path.is_file() else None) == before
    assert sorted(one.name for one in tmp_path.iterdir()) == beside


def test_an_older_store_that_cannot_be_upgraded_is_refused_untouched(tmp_path: Path) -> None:
    path = tmp_path / "care.db"
    altered("PRAGMA user_version = 0", "DELETE FROM alembic_version")(path)
    before = path.read_bytes()
    with pytest.raises(BadStore):
        open_store(path)
    assert path.read_bytes() == before
    assert [one.name for one in tmp_path.iterdir()] == ["care.db"]


def test_a_file_nobody_may_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "care.db"
    new_store(path).close()
    path.chmod(0)
    if os.access(path, os.R_OK):
        pytest.skip("whoever runs this may read everything")
    with pytest.raises(BadStore, match="cannot be read"):
        open_store(path)


def test_a_store_in_a_folder_that_is_a_file_says_so(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(BadStore, match="cannot be made"):
        make_store(tmp_path / "notes.txt" / "care.db")
    assert (tmp_path / "notes.txt").read_text() == "mine"


def test_what_is_there_is_never_made_anew(store: Store) -> None:
    before = store.path.read_bytes()
    with pytest.raises(BadStore, match="there already"):
        make_store(store.path)
    assert store.path.read_bytes() == before


def test_only_its_owner_may_read_a_store(store: Store) -> None:
    assert stat.S_IMODE(store.path.stat().st_mode) == 0o600


def test_a_sound_store_opens_and_stays_as_it_is(store: Store) -> None:
    store.close()
    before = store.path.read_bytes()
    with store.reading() as session:
        assert session.execute(text("SELECT count(*) FROM question")).scalar_one() == 11
    store.close()
    assert store.path.read_bytes() == before
    assert [one.name for one in store.path.parent.iterdir()] == ["care.db"]


def test_a_path_with_signs_of_a_url_is_a_path(tmp_path: Path) -> None:
    path = tmp_path / "50%?mode=memory#æ.db"
    store = new_store(path)
    store.close()
    assert path.stat().st_size > 0
    open_store(path).dispose()


def test_the_pragmas_are_set_in_every_transaction(store: Store) -> None:
    wanted = {"foreign_keys": 1, "secure_delete": 1, "temp_store": 2, "cache_size": -8192, "busy_timeout": 30_000}
    for opened in (store.reading, store.changing):
        with opened() as session:
            found = {name: session.execute(text(f"PRAGMA {name}")).scalar_one() for name in wanted}
            assert found == wanted
            assert session.execute(text("PRAGMA journal_mode")).scalar_one() == "delete"
    head = store.path.read_bytes()[:100]
    assert head[68:72] == b"care"
    assert int.from_bytes(head[60:64], "big") == schema.VERSION


def test_a_reader_cannot_write_and_a_writer_after_it_can(store: Store) -> None:
    before = store.path.read_bytes()
    with pytest.raises(BadStore), store.reading() as session:
        session.execute(text("DELETE FROM question"))
    assert store.path.read_bytes() == before
    with store.changing() as session:
        session.execute(text("INSERT INTO week_off VALUES ('2026-W52', 'Christmas')"))
    with pytest.raises(BadStore), store.reading() as session:
        session.execute(text("DELETE FROM week_off"))
    assert store.one("SELECT reason FROM week_off") == "Christmas"


def test_an_error_leaves_nothing_behind(store: Store) -> None:
    before = store.dump()
    with pytest.raises(RuntimeError, match="in the middle"), store.changing() as session:
        add_customer(session, draft("Kari", phone(1)), MONDAY)
        raise RuntimeError("in the middle")
    assert store.dump() == before
    with store.changing() as session:
        add_customer(session, draft("Kari", phone(1)), MONDAY)
    assert store.one("SELECT count(*) FROM customer") == 1


def test_an_interruption_leaves_nothing_behind(store: Store) -> None:
    before = store.dump()
    with pytest.raises(KeyboardInterrupt), store.changing() as session:
        add_customer(session, draft("Kari", phone(1)), MONDAY)
        raise KeyboardInterrupt
    assert store.dump() == before


def test_a_rehearsal_leaves_nothing_behind(store: Store) -> None:
    before = store.dump()
    with store.changing(keep=False) as session:
        assert add_customer(session, draft("Kari", phone(1)), MONDAY).id == 1
    assert store.dump() == before


def test_a_row_that_points_nowhere_is_refused(store: Store) -> None:
    before = store.dump()
    with pytest.raises(Exception, match="FOREIGN KEY"), store.changing() as session:
        session.execute(text("INSERT INTO contact VALUES (1, 99, 'phone', '1', '1', 'yes', 0, NULL)"))
    assert store.dump() == before


def test_a_write_without_its_change_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "care.db"
    make_store(path)
    engine = open_store(path)
    with pytest.raises(Exception, match="NOT NULL"), transaction(path, engine, writes=True) as session:
        session.execute(text("INSERT INTO week_off VALUES ('2026-W52', 'Christmas')"))
    engine.dispose()


def test_two_writers_both_keep_what_they_wrote(store: Store, tmp_path: Path) -> None:
    # A second connection whose transaction began before the first one's writes would otherwise overwrite them.
    other = Store(store.path)
    with store.changing() as session:
        add_customer(session, draft("Kari", phone(1)), MONDAY)
    with other.changing() as session:
        add_customer(session, draft("Ola", phone(2)), MONDAY)
    with store.changing() as session:
        add_customer(session, draft("Nils", phone(3)), MONDAY)
    other.close()
    assert store.one("SELECT count(*) FROM customer") == 3


def test_a_writer_holds_the_file_before_it_writes(store: Store) -> None:
    # Having read and only then asked for the lock, it would write over what others wrote in between.
    with transaction(store.path, store.engine, writes=True) as session:
        session.execute(text("SELECT count(*) FROM customer"))
        other = sqlite3.connect(store.path, timeout=0, isolation_level=None)
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")
        other.close()


def test_a_busy_store_is_refused_in_a_sentence(store: Store) -> None:
    with store.reading() as session:
        session.execute(text("PRAGMA busy_timeout = 1"))
    holder = sqlite3.connect(store.path, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with pytest.raises(BadStore, match="in use by another care"), store.changing():
        pass
    holder.close()


def test_a_read_only_store_can_be_read_and_not_written(store: Store) -> None:
    store.close()
    store.path.chmod(0o400)
    if os.access(store.path, os.W_OK):
        pytest.skip("whoever runs this may write everything")
    before = store.path.read_bytes()
    with store.reading() as session:
        assert session.execute(text("SELECT count(*) FROM question")).scalar_one() == 11
    with pytest.raises(BadStore, match="cannot be written"), store.changing():
        pass
    assert store.path.read_bytes() == before


def test_a_copy_of_a_closed_store_is_a_store(store: Store, tmp_path: Path) -> None:
    store.take([draft("Kari", phone(1))])
    store.close()
    shutil.copy(store.path, tmp_path / "copy.db")
    copy = Store(tmp_path / "copy.db")
    assert copy.one("SELECT name FROM customer") == "Kari"
    with copy.changing() as session:
        add_customer(session, draft("Ola", phone(2)), MONDAY)
    copy.close()


def test_a_full_disk_or_a_broken_file_is_a_sentence() -> None:
    for name, error in (
        ("SQLITE_FULL", BadStore),
        ("SQLITE_CORRUPT", DamagedStore),
        ("SQLITE_BUSY_SNAPSHOT", BadStore),
    ):
        raised = sqlite3.OperationalError("no")
        raised.sqlite_errorname = name
        assert type(sqlite.refusal(Path("care.db"), raised)) is error


def test_what_is_not_the_files_fault_is_not_dressed_up(store: Store) -> None:
    with pytest.raises((BadStore, OperationalError)), store.reading() as session:
        session.execute(text("SELECT nothing FROM nowhere"))
