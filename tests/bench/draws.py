"""Measures what a draw costs in large companies: ``python tests/bench/draws.py [NAME...]``; see ``bench.py``."""

import shutil
import sqlite3
import statistics
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from bench import CARE, IMPORTS, LARGE, ROUNDS, SMALL, environment, ratio, run_all, seconds, store_of
from care.calls.draw import draw_week
from care.calls.records import DrawRequest
from care.customers.order_queries import first_in_order
from care.db.engine import open_store, transaction
from care.db.journal import begin_change
from care.db.settings import policy

MONDAY = datetime(2026, 11, 23, 8, tzinfo=UTC)
SEATS = 20
RANDOM = "SELECT id, name FROM customer WHERE standing = 'callable' ORDER BY random() LIMIT 20"

PAUSED = "UPDATE customer SET paused_until = '2027-12-31', standing = 'paused' WHERE id % 10 < 3"
NO_PHONE = "UPDATE customer SET phone = NULL, standing = 'no_phone' WHERE id % 10 < 3"
DUE = "UPDATE customer SET paused_until = '{day}', standing = 'paused' WHERE id % 10 = 4"
"""Past care, for its own door takes minutes: the triggers count and journal them, the ledger knows nothing of them."""


def changed(store: Path, target: Path, statement: str) -> dict[str, str]:
    """The environment of a copy of a store with a statement done to it."""
    shutil.copytree(store, target)
    done_to(target, statement)
    return environment(target)


def done_to(folder: Path, statement: str) -> None:
    """Does a statement to a store within a change of its own, which its triggers ask for."""
    path = folder / "care.db"
    engine = open_store(path)
    with transaction(path, engine, writes=True) as session:
        begin_change(session, "bench", "Ann", MONDAY)
        session.connection().exec_driver_sql(statement)
    engine.dispose()


def planned(env: dict[str, str], week: int) -> float:
    """How long the drawing of a week takes, by the whole command."""
    monday = (MONDAY + timedelta(weeks=week)).isoformat()
    return seconds((*CARE, "plan", "--calls", str(SEATS)), env | {"CARE_NOW": monday})


def query(folder: Path) -> None:
    """The draw of twenty from a million, the walk alone and all of it, against ``ORDER BY random() LIMIT 20``."""
    store_of(folder / "million", LARGE)
    path = folder / "million" / "care.db"
    engine = open_store(path)

    def walk(session: Session) -> Any:
        return first_in_order(session, "", SEATS)

    def whole(session: Session) -> None:
        draw_week(session, DrawRequest("2026-W48", SEATS, ["Ann"], True), policy(session), MONDAY)

    def took(act: Callable[[Session], Any]) -> float:
        with transaction(path, engine, writes=True, keep=False) as session:
            begin_change(session, "bench", "Ann", MONDAY)
            begun = time.perf_counter()
            act(session)
            return time.perf_counter() - begun

    def random() -> float:
        begun = time.perf_counter()
        sqlite.execute(RANDOM).fetchall()
        return time.perf_counter() - begun

    sqlite = sqlite3.connect(path)
    rounds = [(took(walk), took(whole), random()) for _ in range(ROUNDS + 1)][1:]
    for name, at in (("the walk along the order", 0), ("the whole draw, sealed", 1)):
        quotient = statistics.median(one[at] / one[2] for one in rounds)
        mine, theirs = (statistics.median(one[side] for one in rounds) * 1000 for side in (at, 2))
        print(f"{name:29} / ORDER BY random() LIMIT 20     1/{1 / quotient:.0f}   ({mine:.2f} ms against {theirs:.0f})")
    sqlite.close()
    engine.dispose()


def plan(folder: Path) -> None:
    """``care plan`` drawing a week at a million, as they are and with many who cannot be drawn, against a thousand."""
    small, million = store_of(folder / "small", SMALL), folder / "million"
    stores = {
        "1,000,000": store_of(million, LARGE),
        "300,000 of them paused": changed(million, folder / "paused", PAUSED),
        "300,000 without a phone": changed(million, folder / "no_phone", NO_PHONE),
    }
    rows = [[planned(env, week) for env in (small, *stores.values())] for week in range(ROUNDS + 1)][1:]
    for at, name in enumerate(stores, 1):
        quotient = statistics.median(row[at] / row[0] for row in rows)
        mine, theirs = (statistics.median(row[side] for row in rows) * 1000 for side in (at, 0))
        print(f"care plan at {name:24} / at 1,000  {quotient:6.2f} ×   ({mine:.0f} ms against {theirs:.0f} ms)")
    woken(million, stores["1,000,000"])


def woken(folder: Path, env: dict[str, str]) -> None:
    """The one step of a draw that is not flat: a hundred thousand whose pause is over that very day."""
    for week in range(ROUNDS + 1, ROUNDS + 7, 2):
        plain = planned(env, week)
        done_to(folder, DUE.format(day=(MONDAY + timedelta(weeks=week + 1)).date()))
        full = planned(env, week + 1)
        print(f"care plan waking 100,000                  / the same without   {full / plain:6.1f} ×   ({full:.1f} s)")


def look_back(folder: Path) -> None:
    """``care verify`` and what else looks back on a year of draws at a million, against the imports and a thousand."""
    small, large = store_of(folder / "small", SMALL), store_of(folder / "million", LARGE)
    for week in range(52):
        planned(small, week), planned(large, week)
    after = {"CARE_NOW": (MONDAY + timedelta(weeks=51, days=1)).isoformat()}
    pairs = [(seconds((*CARE, "verify"), large | after), seconds(IMPORTS, large)) for _ in range(3)]
    quotient = statistics.median(one / other for one, other in pairs)
    print(f"care verify at 1,000,000     / import typer, sqlmodel   {quotient:6.1f} ×   ({min(pairs)[0]:.1f} s)")
    for words in (("report", "selection"), ("plan", "--outlook"), ("plan", "--dry-run", "--week", "next")):
        measured = ratio((*CARE, *words), (*CARE, *words), large | after, small | after)
        print(f"care {' '.join(words):24} at 1,000,000 / at 1,000          {measured}")


if __name__ == "__main__":
    run_all({"query": query, "plan": plan, "look_back": look_back})
