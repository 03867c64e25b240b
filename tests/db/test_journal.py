"""The journal: every change of every table that can be brought back, with how the row looked before."""

import json
import sqlite3

import pytest

from care.customers.add import add_customer
from care.customers.edit import Edit, edit_customer
from care.db.triggers import JOURNALED
from stores import MONDAY, Store, draft, later, people, phone

SAMPLE = {
    "INTEGER": 7,
    "BIGINT": 7,
    "FLOAT": 7.5,
    "VARCHAR": "old",
    "JSON": '{"a":1}',
    "BOOLEAN": 1,
    "DATETIME": "2026-11-23 09:00:00",
}


def columns(store: Store, table: str) -> list[tuple[str, str]]:
    return [(row[1], row[2]) for row in store.rows(f'PRAGMA table_info("{table}")')]


def sample(name: str, kind: str, *, imported: bool) -> object:
    if name == "added_in":
        return 1 if imported else None
    if name == "id":
        return 4_000_000
    return {**SAMPLE, "DATE": "2026-11-23"}[kind]


def put(connection: sqlite3.Connection, table: str, names: list[str], values: list[object]) -> None:
    marks = ", ".join("?" * len(names))
    quoted = ", ".join(f'"{name}"' for name in names)
    connection.execute(f'INSERT INTO "{table}" ({quoted}) VALUES ({marks})', values)


@pytest.mark.parametrize("table", JOURNALED)
def test_each_row_of_a_journaled_table_can_be_brought_back(store: Store, table: str) -> None:
    named = columns(store, table)
    names = [name for name, _ in named]
    key = names[0]
    old = [sample(name, kind, imported=False) for name, kind in named]
    image = dict(zip(names, old, strict=True))
    person = {"customer": image.get("id")}.get(table, image.get("customer_id"))
    with store.bare() as connection:  # foreign keys are off here, so that one row will do
        start = connection.execute("SELECT max(id) FROM journal").fetchone()[0]
        put(connection, table, names, old)
        changed = next(name for name, kind in named if name != key and kind in ("VARCHAR", "JSON"))
        connection.execute(f'UPDATE "{table}" SET "{changed}" = \'"new"\' WHERE "{key}" = ?', (image[key],))
        connection.execute(f'DELETE FROM "{table}" WHERE "{key}" = ?', (image[key],))
    written = store.rows(
        "SELECT change_id, noun, row_id, act, customer_id, old FROM journal WHERE id > ? AND noun = ? ORDER BY id",
        start, table,
    )  # fmt: skip
    last_change = store.one("SELECT max(id) FROM change")
    assert [(row[0], row[1], row[2], row[3], row[4]) for row in written] == [
        (last_change, table, str(image[key]), act, person) for act in ("insert", "update", "delete")
    ]
    assert written[0][5] is None
    assert json.loads(written[1][5]) == image
    assert json.loads(written[2][5]) == image | {changed: '"new"'}


@pytest.mark.parametrize("table", ["company", "customer", "contact", "source_id"])
def test_what_an_import_adds_is_not_journaled_row_by_row(store: Store, table: str) -> None:
    named = columns(store, table)
    with store.bare() as connection:
        before = connection.execute("SELECT count(*) FROM journal").fetchone()
        put(
            connection,
            table,
            [name for name, _ in named],
            [sample(name, kind, imported=True) for name, kind in named],
        )
        assert connection.execute("SELECT count(*) FROM journal").fetchone() == before
        if table == "customer":  # the import that added the row puts its name into the full text at the end
            connection.execute("INSERT INTO customer_name(rowid, folded) SELECT id, folded FROM customer")
        connection.execute(f'DELETE FROM "{table}" WHERE id = 4000000')
        assert connection.execute("SELECT count(*) FROM journal").fetchone() == (before[0] + 1,)


def test_every_table_is_journaled_or_left_out_on_purpose(store: Store) -> None:
    found = store.rows("SELECT name FROM sqlite_master WHERE type = 'table'")
    tables = {name for (name,) in found if not name.startswith(("customer_name", "note_words", "sqlite_"))}
    # The key, the sealed record, what is derived, and the journal's own.
    outside = {"secret", "ledger", "draw", "draw_entry", "pointer", "tally", "change", "journal", "batch"}
    outside |= {"origin", "note", "stratum_before"}
    outside |= {"forgotten"}  # letting somebody go is never taken back
    assert tables - set(JOURNALED) == outside | {"alembic_version"}


def test_the_key_is_never_in_the_journal(store: Store) -> None:
    key = store.one("SELECT value FROM secret")
    assert len(key) == 64
    assert not [row for row in store.rows("SELECT old FROM journal") if row[0] and key in row[0]]


def test_an_import_writes_its_batch_and_journals_only_what_was_there(store: Store) -> None:
    before = store.one("SELECT count(*) FROM journal")
    store.take(people(50))
    assert store.one("SELECT count(*) FROM journal") == before
    renamed = [one._replace(name=f"{one.name} Berg") for one in people(3)]
    store.take(renamed, later(days=1))
    acts = store.rows("SELECT noun, act, count(*) FROM journal WHERE id > ? GROUP BY 1, 2", before)
    assert acts == [("customer", "update", 3)]
    images = store.rows("SELECT old FROM journal WHERE noun = 'customer' ORDER BY row_id")
    assert [json.loads(image)["name"] for (image,) in images] == ["Person 0001", "Person 0002", "Person 0003"]


def test_a_change_can_be_followed_back_row_by_row(store: Store) -> None:
    with store.changing() as session:
        kari = add_customer(session, draft("Kari", phone(1)), MONDAY).id
    with store.changing(later(hours=1)) as session:
        edit_customer(session, kari, Edit(name="Kari Nordmann", phones=()), later(hours=1))
    change = store.one("SELECT max(id) FROM change")
    images = store.rows("SELECT noun, act, old FROM journal WHERE change_id = ? ORDER BY id", change)
    assert {(noun, act) for noun, act, _ in images} == {("contact", "delete"), ("customer", "update")}
    first = next(json.loads(old) for noun, _, old in images if noun == "customer")
    assert (first["name"], first["phone"], first["standing"]) == ("Kari", phone(1), "callable")
