"""Counters that triggers keep, held against a count after many changes in an order nobody thought of."""

import sqlite3
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from sqlalchemy.orm import Session

from care.customers.doctor import find_orphans, wrong_heard, wrong_phones
from care.db.triggers import PLANNED, RAISERS, TALLY, Invariant, count_broken
from stores import Store, new_store

STANDINGS = ("callable", "planned", "resting", "paused", "no_phone", "do_not_call")
STATES = ("planned", "held", "unreached", "skipped", "lapsed")
HEARD = (None, "2026-01-05 09:00:00", "2026-11-02 09:00:00")


def some_customer(connection: sqlite3.Connection, chance: Random) -> int | None:
    found = connection.execute("SELECT id FROM customer ORDER BY id").fetchall()
    return chance.choice(found)[0] if found else None


def a_customer(connection: sqlite3.Connection, chance: Random) -> None:
    values = (
        f"{chance.getrandbits(128):032x}", chance.choice(("", "a")), chance.choice(STANDINGS), chance.randint(1, 3),
        chance.getrandbits(62), chance.choice(HEARD),
    )  # fmt: skip
    connection.execute(
        "INSERT INTO customer (uid, name, folded, stratum, status, standing, cycle, place, planned, last_heard_at, "
        "gives, takes, added_at) VALUES (?, 'A', 'a', ?, 'active', ?, ?, ?, 0, ?, 0, 0, '2026-01-01')",
        values,
    )


def a_move(connection: sqlite3.Connection, chance: Random) -> None:
    values = (
        chance.choice(("", "a")), chance.choice(STANDINGS), chance.randint(1, 3), chance.choice(HEARD),
        some_customer(connection, chance),
    )  # fmt: skip
    connection.execute(
        "UPDATE customer SET stratum = ?, standing = ?, cycle = ?, last_heard_at = ? WHERE id = ?", values
    )


def a_goodbye(connection: sqlite3.Connection, chance: Random) -> None:
    one = some_customer(connection, chance)
    connection.execute("DELETE FROM call WHERE customer_id = ?", (one,))
    connection.execute("DELETE FROM raiser WHERE customer_id = ?", (one,))
    connection.execute("DELETE FROM customer WHERE id = ?", (one,))


def a_call(connection: sqlite3.Connection, chance: Random) -> None:
    if one := some_customer(connection, chance):
        connection.execute(
            "INSERT INTO call (customer_id, week, kind, state, caller, tries, ics_sequence) "
            "VALUES (?, '2026-W48', 'chosen', ?, 'Ann', 0, 0)",
            (one, chance.choice(STATES)),
        )


def a_call_moves(connection: sqlite3.Connection, chance: Random) -> None:
    if one := some_customer(connection, chance):
        call = "(SELECT id FROM call ORDER BY id LIMIT 1 OFFSET ?)"
        values = (chance.choice(STATES), one, chance.randint(0, 20))
        connection.execute(f"UPDATE call SET state = ?, customer_id = ? WHERE id = {call}", values)


def a_call_goes(connection: sqlite3.Connection, chance: Random) -> None:
    connection.execute(
        "DELETE FROM call WHERE id = (SELECT id FROM call ORDER BY id LIMIT 1 OFFSET ?)", (chance.randint(0, 20),)
    )


def an_issue(connection: sqlite3.Connection, chance: Random) -> None:
    connection.execute(
        "INSERT INTO issue (title, kind, state, blocking, opened_at, raisers, waiting) "
        "VALUES ('Late', 'issue', 'open', 0, '2026-01-01', 0, 0)"
    )


def a_raiser(connection: sqlite3.Connection, chance: Random) -> None:
    issue = (chance.randint(1, 4),)
    if one := some_customer(connection, chance):
        connection.execute(
            "INSERT OR IGNORE INTO raiser (issue_id, customer_id, raised_at, told_at, reopened) "
            "VALUES (?, ?, '2026', ?, 0)",
            (issue[0], one, chance.choice(HEARD)),
        )


def a_telling(connection: sqlite3.Connection, chance: Random) -> None:
    raiser = "(SELECT id FROM raiser ORDER BY id LIMIT 1 OFFSET ?)"
    connection.execute(
        f"UPDATE OR IGNORE raiser SET told_at = ?, issue_id = ? WHERE id = {raiser}",
        (chance.choice(HEARD), chance.randint(1, 4), chance.randint(0, 15)),
    )


def a_raiser_goes(connection: sqlite3.Connection, chance: Random) -> None:
    connection.execute(
        "DELETE FROM raiser WHERE id = (SELECT id FROM raiser ORDER BY id LIMIT 1 OFFSET ?)", (chance.randint(0, 15),)
    )


STEPS = (
    a_customer, a_customer, a_move, a_move, a_goodbye, a_call, a_call, a_call_moves, a_call_goes, an_issue, a_raiser,
    a_raiser, a_telling, a_raiser_goes,
)  # fmt: skip


def differences(connection: sqlite3.Connection) -> list[str]:
    """Counters that are not what counting gives."""
    kept = set(connection.execute("SELECT stratum, standing, cycle, heard, n FROM tally"))
    counted = set(
        connection.execute(
            "SELECT stratum, standing, cycle, last_heard_at IS NOT NULL, count(*) FROM customer GROUP BY 1, 2, 3, 4"
        )
    )
    wrong = [f"tally {row}" for row in kept ^ counted]
    wrong += [
        f"planned {row}"
        for row in connection.execute(
            "SELECT id, planned FROM customer WHERE planned <> "
            "(SELECT count(*) FROM call WHERE call.customer_id = customer.id AND state = 'planned')"
        )
    ]
    wrong += [
        f"raisers {row}"
        for row in connection.execute(
            "SELECT id, raisers, waiting FROM issue WHERE raisers <> "
            "(SELECT count(*) FROM raiser WHERE issue_id = issue.id) OR waiting <> "
            "(SELECT count(*) FROM raiser WHERE issue_id = issue.id AND told_at IS NULL)"
        )
    ]
    return wrong


@pytest.mark.parametrize("seed", range(6))
def test_counters_equal_a_count_after_anything(tmp_path: Path, seed: int) -> None:
    chance = Random(seed)
    store = new_store(tmp_path / "care.db")
    with store.bare() as connection:
        for _ in range(4):
            an_issue(connection, chance)
        for number in range(400):
            chance.choice(STEPS)(connection, chance)
            if number % 20 == 19:
                assert differences(connection) == []
        for table in ("customer", "call", "raiser"):
            assert connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] > 3, "too little was tried"
    with store.reading() as session:
        assert [count_broken(session, kept) for kept in (TALLY, PLANNED, RAISERS)] == [0, 0, 0]
    store.close()


def test_no_counter_of_nobody_is_kept(store: Store) -> None:
    with store.bare() as connection:
        a_customer(connection, Random(1))
        connection.execute("DELETE FROM customer")
        assert connection.execute("SELECT count(*) FROM tally").fetchone() == (0,)


def broken(kept: Invariant) -> Callable[[Session], int]:
    return lambda session: count_broken(session, kept)


@pytest.mark.parametrize(
    ("damage", "check"),
    [
        ("UPDATE tally SET n = n + 1", broken(TALLY)),
        ("UPDATE customer SET planned = 2", broken(PLANNED)),
        ("UPDATE customer SET last_heard_at = '2026-01-01 00:00:00'", wrong_heard),
        ("UPDATE issue SET waiting = 5", broken(RAISERS)),
        ("UPDATE customer SET phone = '+4799999999'", wrong_phones),
        ("DELETE FROM issue", find_orphans),
    ],
)
def test_the_doctor_sees_what_is_wrong(store: Store, damage: str, check: Callable[[Session], int]) -> None:
    from stores import draft, phone

    store.take([draft("Kari", phone(1))])
    with store.bare() as connection:
        an_issue(connection, Random(1))
        connection.execute("INSERT INTO raiser (issue_id, customer_id, raised_at, reopened) VALUES (1, 1, '2026', 0)")
    with store.reading() as session:
        assert check(session) == 0
    with store.bare() as connection:
        connection.execute(damage)
    with store.reading() as session:
        assert check(session) >= 1
