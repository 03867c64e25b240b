"""Issues by the hundred thousand, written past care so that a bench does not wait for each of them to be told."""

import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

YEARS_BACK = timedelta(days=700)
NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
"""The moment at which the store of the bench is looked at."""


def _stamp(at: datetime) -> str:
    return at.strftime("%Y-%m-%d %H:%M:%S.000000")


def fill(store: Path, untold: int, told: int, customers: int) -> None:
    """Gives a store that many issues, those not yet told scattered among the told: half of them open, one in 500 a
    failure of ours, raised over two years by a customer each."""
    count, every = untold + told, (untold + told) // untold
    issues, raisers = [], []
    for number in range(1, count + 1):
        opened = NOW - YEARS_BACK * ((count - number) / count)
        place, rest = divmod(number, every)
        state = "told" if rest else ("open", "open", "fixed", "declined")[place % 4]
        settled = None if state == "open" else _stamp(opened + (NOW - opened) * 0.5)
        ended = _stamp(opened + (NOW - opened) * 0.7) if state == "told" else None
        kind = "failure" if not rest and place % 500 == 1 else "issue"
        title = f"Trouble {number % 977} with thing {number % 7919}"
        issues.append((number, title, kind, state, _stamp(opened), settled, ended))
        raisers.append((number, 1 + number % customers, "it goes wrong each month", _stamp(opened), ended))
    connection = sqlite3.connect(store)
    with connection:
        connection.execute("INSERT INTO change(at, command) VALUES (?, 'bench')", (_stamp(NOW - YEARS_BACK),))
        connection.executemany(
            "INSERT INTO issue(id, title, kind, state, opened_at, settled_at, told_at, blocking, raisers, waiting)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, 0, 0, 0)",
            issues,
        )
        connection.executemany(
            "INSERT INTO raiser(issue_id, customer_id, words, raised_at, told_at, reopened) VALUES (?, ?, ?, ?, ?, 0)",
            raisers,
        )
    connection.close()
