"""What a store is made of: the frozen statements, the upgrade, and the tables that only grow."""

import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from care.customers.add import add_customer
from care.customers.doctor import examine
from care.db import schema, sqlite
from care.db.engine import make_store
from care.db.migrations.upgrade import run_revisions, upgrade
from care.interviews.notes import CallNotes, FoundGold
from care.interviews.record import record
from care.issues.editing import note_issue
from care.issues.raising import raise_issue
from care.owed.promises import make_promise
from care.person.forget import forget
from care.touches.touch import record_touch
from care.words import Eligibility, GoldKind, Outcome, Purpose
from stores import MONDAY, OLDER, WEEK, Store, draft, later, made_once, people, phone, taken_down

APPEND_ONLY = ("ledger", "draw", "draw_entry")
ERASABLE = {"ledger": {"uid", "salt", "customer_id"}, "draw_entry": {"uid", "salt", "cycle", "place", "customer_id"}}


def test_the_frozen_statements_are_what_the_tables_say() -> None:
    assert schema.frozen() == schema.statements()


def test_the_fingerprint_is_that_of_the_frozen_statements() -> None:
    assert schema.fingerprint(sqlite.declared_by(schema.frozen())) == schema.FINGERPRINT


@pytest.mark.parametrize("gone", range(0, len(schema.frozen()), 7))
def test_a_lost_statement_changes_the_fingerprint(gone: int) -> None:
    kept = [one for place, one in enumerate(schema.frozen()) if place != gone]
    table = re.match(r"CREATE (?:VIRTUAL )?TABLE (\w+)", schema.frozen()[gone])
    if table:  # nothing can stand on a table that is gone
        kept = [one for one in kept if not re.search(rf"\bON \"?{table[1]}\"?\b", one)]
    assert schema.fingerprint(sqlite.declared_by(kept)) != schema.FINGERPRINT


def test_upgraded_from_nothing_equals_made_new(tmp_path: Path) -> None:
    make_store(tmp_path / "new.db")
    upgraded = sqlite3.connect(tmp_path / "upgraded.db", isolation_level=None)
    upgraded.execute("PRAGMA foreign_keys = OFF")
    assert run_revisions(upgraded) == 0
    new = sqlite3.connect(tmp_path / "new.db")
    assert sqlite.declared(upgraded) == sqlite.declared(new)
    for pragma in ("application_id", "user_version"):
        assert upgraded.execute(f"PRAGMA {pragma}").fetchone() == new.execute(f"PRAGMA {pragma}").fetchone()
    assert upgraded.execute("SELECT * FROM alembic_version").fetchall() == [(schema.REVISION,)]
    assert new.execute("SELECT * FROM alembic_version").fetchall() == [(schema.REVISION,)]
    upgraded.close()
    new.close()


@made_once
def full(store: Store) -> Store:
    """A store with a row in every table that there was before this version."""
    store.take([*people(12), draft("Person 13", phone(13), company="Fjord AS", line=14, external_id="E13")])
    call = store.plan().calls[0]
    with store.changing() as session:
        raise_issue(session, "Late invoices", 1, MONDAY, words="always läte")
        note_issue(session, 1, "the bank is asked", "Ann", MONDAY)
        make_promise(session, 2, "send the guide", MONDAY.date(), "Ann", MONDAY)
        record_touch(session, 3, Purpose.THANK, "flowers", None, "Ann", MONDAY, MONDAY)
        heard = {"answers": {"ease": "too slow"}, "gold": (FoundGold(kind=GoldKind.WISH, words="a late answer"),)}
        record(session, call.customer.id, CallNotes(at=MONDAY, caller="Ann", outcome=Outcome.REACHED, **heard), MONDAY)
        forget(session, 12, MONDAY)
    with store.bare() as connection:  # what only rarer commands write
        connection.execute("INSERT INTO week_off VALUES ('2026-W52', 'Christmas')")
        connection.execute("INSERT INTO layout VALUES ('crm', '{}', '[]')")
        connection.execute("INSERT INTO duplicate VALUES (1, 1, 2, '[]', 'open', '2026-11-23 09:00:00.000000')")
        connection.execute("INSERT OR IGNORE INTO origin VALUES (1, 'people.csv', '{}')")
        connection.execute("INSERT INTO stratum_before VALUES (1, 1, 1, 'gold')")
    return store


SAID = "SELECT kind, row_id, customer_id, call_id, said_at, private, words FROM note ORDER BY kind, row_id"


@pytest.mark.parametrize("version", OLDER)
def test_a_store_of_an_earlier_version_is_taken_up_with_every_row(full: Store, version: int, tmp_path: Path) -> None:
    full.close()
    passages = full.rows(SAID)
    new = {name for (name,) in full.rows("SELECT name FROM sqlite_master WHERE type = 'table'")}
    taken_down(full.path, version)
    names = {name for (name,) in full.rows("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert names < new
    columns = {name: ", ".join(f'"{row[1]}"' for row in full.rows(f'PRAGMA table_info("{name}")')) for name in names}
    del columns["alembic_version"]

    def everything() -> dict[str, list[tuple[object, ...]]]:
        return {name: full.rows(f'SELECT {these} FROM "{name}" ORDER BY 1') for name, these in columns.items()}

    before = everything()
    assert [name for name, rows in before.items() if not rows] == []
    with full.reading() as session:
        assert session.execute(text("PRAGMA foreign_keys")).scalar_one() == 1
        assert [finding.name for finding in examine(session, MONDAY) if not finding.well] == []
    assert everything() == before
    assert full.rows(SAID) == passages
    assert full.rows("SELECT words FROM note WHERE id IN (SELECT rowid FROM note_words WHERE note_words MATCH 'late')")
    assert full.one("SELECT version FROM call LIMIT 1") == 0
    assert full.one("SELECT version_num FROM alembic_version") == schema.REVISION
    assert full.one("PRAGMA user_version") == schema.VERSION
    make_store(tmp_path / "new.db")
    with full.bare() as upgraded, closing(sqlite3.connect(tmp_path / "new.db")) as fresh:
        assert sqlite.declared(upgraded) == sqlite.declared(fresh)
    copies = [path.name for path in full.path.parent.glob("*before-upgrade*")]
    assert copies == [f"{full.path.stem}-before-upgrade-from-{version}.db"]


def test_a_store_of_this_version_opens_without_what_takes_one_up(store: Store) -> None:
    store.close()
    opening = (
        "import sys; from pathlib import Path; from care.db.engine import open_store; "
        "open_store(Path(sys.argv[1])); print(*sys.modules)"
    )
    opened = subprocess.run([sys.executable, "-c", opening, store.path], check=True, capture_output=True, text=True)
    loaded = opened.stdout.split()
    assert "care.db.engine" in loaded
    assert not [name for name in loaded if name.startswith(("alembic", "care.db.migrations"))]


def test_every_table_with_a_person_can_be_found_by_the_person(store: Store) -> None:
    # Forgetting and exporting are one WHERE each, and neither may walk a table.
    tables = [name for (name,) in store.rows("SELECT name FROM sqlite_master WHERE type = 'table'")]
    for table in tables:
        columns = [row[1] for row in store.rows(f'PRAGMA table_info("{table}")')]
        if "customer_id" in columns:
            plan = store.rows(f'EXPLAIN QUERY PLAN SELECT 1 FROM "{table}" WHERE customer_id = 1')
            assert all(row[3].startswith("SEARCH") for row in plan), table


def test_every_link_between_tables_is_declared(store: Store) -> None:
    tables = {name for (name,) in store.rows("SELECT name FROM sqlite_master WHERE type = 'table'")}
    for table in tables:
        linked = {row[3] for row in store.rows(f'PRAGMA foreign_key_list("{table}")')}
        columns = {row[1] for row in store.rows(f'PRAGMA table_info("{table}")')}
        named = {one for one in columns if one.endswith("_id") and one.removesuffix("_id") in tables}
        # Sealed rows and the journal outlive the customer they speak of.
        outlives = {"customer_id"} if table in (*APPEND_ONLY, "journal", "stratum_before") else set()
        assert named - linked <= outlives, table


@made_once
def drawn(store: Store) -> Store:
    """A store with rows in everything that only grows."""
    store.take(people(12))
    with store.changing() as session:
        add_customer(session, draft("Kari", phone(99)), MONDAY)
    store.plan()
    return store


@pytest.mark.parametrize("table", APPEND_ONLY)
def test_sealed_rows_cannot_be_deleted(drawn: Store, table: str) -> None:
    assert drawn.one(f"SELECT count(*) FROM {table}") > 0
    with pytest.raises(sqlite3.IntegrityError, match=f"{table} is append-only"), drawn.bare() as connection:
        connection.execute(f"DELETE FROM {table} WHERE id = (SELECT max(id) FROM {table})")


@pytest.mark.parametrize("table", APPEND_ONLY)
def test_no_column_of_a_sealed_row_can_be_changed(drawn: Store, table: str) -> None:
    for column in [row[1] for row in drawn.rows(f"PRAGMA table_info({table})")]:
        # A row in which the column says something, so that the new value is another one.
        [row_id] = drawn.rows(f"SELECT id FROM {table} ORDER BY {column} IS NULL, id DESC LIMIT 1")
        with pytest.raises(sqlite3.IntegrityError, match="append-only"), drawn.bare() as connection:
            connection.execute(f"UPDATE {table} SET {column} = 98765 WHERE id = ?", row_id)


@pytest.mark.parametrize("table", ["ledger", "draw_entry"])
def test_what_names_a_person_can_be_erased_and_nothing_else(drawn: Store, table: str) -> None:
    columns = [row[1] for row in drawn.rows(f"PRAGMA table_info({table})")]
    [row_id] = drawn.rows(f"SELECT id FROM {table} WHERE uid IS NOT NULL LIMIT 1")
    for column in columns:
        if column in ERASABLE[table]:
            with drawn.bare() as connection:
                connection.execute(f"UPDATE {table} SET {column} = NULL WHERE id = ?", row_id)
            assert drawn.one(f"SELECT {column} FROM {table} WHERE id = ?", *row_id) is None
            with pytest.raises(sqlite3.IntegrityError, match="append-only"), drawn.bare() as connection:
                connection.execute(f"UPDATE {table} SET {column} = '7' WHERE id = ?", row_id)
        elif column not in ("change_id", "reason"):
            with pytest.raises(sqlite3.IntegrityError), drawn.bare() as connection:
                connection.execute(f"UPDATE {table} SET {column} = NULL WHERE id = ?", row_id)


def test_a_sealed_row_can_be_written_as_it_is(drawn: Store) -> None:
    with drawn.bare() as connection:
        connection.execute("UPDATE ledger SET facts = facts, uid = uid")


def test_drawing_again_adds_to_what_only_grows(drawn: Store) -> None:
    before = {table: set(drawn.rows(f"SELECT * FROM {table}")) for table in APPEND_ONLY}
    drawn.plan(WEEK.next(), now=later(days=7))
    for table in APPEND_ONLY:
        assert before[table] < set(drawn.rows(f"SELECT * FROM {table}"))


def test_the_index_of_the_order_holds_the_callable_only(drawn: Store) -> None:
    # The index is what makes the draw flat: a plan over it must not sort and must not walk the table.
    plan = drawn.rows(
        "EXPLAIN QUERY PLAN SELECT id FROM customer WHERE standing = 'callable' AND stratum = '' "
        "ORDER BY cycle, place LIMIT 5"
    )
    assert [row[3] for row in plan] == ["SEARCH customer USING INDEX customer_order (stratum=?)"]
    assert {Eligibility(name) for (name,) in drawn.rows("SELECT DISTINCT standing FROM customer")} == {
        Eligibility.CALLABLE,
        Eligibility.PLANNED,
    }


def test_a_store_that_another_care_took_up_meanwhile_is_not_copied_again(drawn: Store) -> None:
    connection = sqlite3.connect(drawn.path, isolation_level=None)
    upgrade(drawn.path, connection)
    connection.close()
    assert not list(drawn.path.parent.glob("*before-upgrade*"))
