"""Lists of customers: who fits, in which order, how many, and that no list sorts the whole table for a page of it."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event

from care.customers.listing import list_customers
from care.errors import BadSetting, BadWhen
from care.issues.raising import raise_issue
from care.issues.telling import settle_issue, tell_raiser
from care.person.leave import stop_calling
from care.words import Eligibility, IssueState, SortBy, Status
from stores import MONDAY, Store, draft, new_store, phone

NAMES = [("Mia", "Zeta"), ("Åse", None), ("Bo", "Alfa"), ("Cy", "Zeta"), ("Dag", None), ("Eva", "Alfa")]
HEARD_DAYS_AGO = {1: 400, 2: 90, 3: 89, 4: 0}
"""Customers 5 and 6 were never heard; 6 does not want to be called, 7 was merged into 1."""


@pytest.fixture(scope="module")
def lists(tmp_path_factory) -> Iterator[Store]:
    """Seven customers, four of them heard, two issues of which somebody has to be told."""
    store = new_store(tmp_path_factory.mktemp("lists") / "care.db")
    store.take(draft(name, phone(n), company=company, segment="Gold" if n < 3 else None)
               for n, (name, company) in enumerate([*NAMES, ("Mia twice", None)], 1))  # fmt: skip
    with store.changing() as session:
        for who in (1, 2):
            raise_issue(session, "Late invoices", who, MONDAY)
        raise_issue(session, "Lost mail", 3, MONDAY)
        for issue in (1, 3):
            settle_issue(session, issue, IssueState.FIXED, None, MONDAY)
        tell_raiser(session, 1, 1, "Mia", None, "Ann", MONDAY)
        tell_raiser(session, 3, 3, "Bo", None, "Ann", MONDAY)
        stop_calling(session, 6, "asked", MONDAY)
    with store.bare() as connection:
        for who, days in HEARD_DAYS_AGO.items():
            at = (MONDAY - timedelta(days=days)).strftime("%Y-%m-%d %H:%M:%S.000000")
            connection.execute("UPDATE customer SET last_heard_at = ? WHERE id = ?", (at, who))
        connection.execute("UPDATE customer SET merged_into = 1, standing = 'merged' WHERE id = 7")
    yield store
    store.close()


def listed(store: Store, **wanted: Any) -> tuple[list[int], int]:
    with store.reading() as session:
        found = list_customers(session, MONDAY, **wanted)
    return [one.id for one in found.customers], found.total


@pytest.mark.parametrize(
    ("wanted", "ids"),
    [
        ({}, [1, 2, 3, 4, 5, 6]),
        ({"silent": "90d"}, [1, 2]),
        ({"silent": "89 days"}, [1, 2, 3]),
        ({"silent": "12W"}, [1, 2, 3]),
        ({"silent": "13w"}, [1]),
        ({"silent": "3m"}, [1]),
        ({"silent": "1y"}, [1]),
        ({"silent": "2y"}, []),
        ({"silent": "0d"}, [1, 2, 3, 4]),
        ({"never_heard": True}, [5, 6]),
        ({"never_heard": True, "silent": "90d"}, [1, 2, 5, 6]),
        ({"never_heard": True, "standing": Eligibility.CALLABLE}, [5]),
        ({"never_heard": True, "standing": Eligibility.DO_NOT_CALL}, [6]),
        ({"standing": Eligibility.MERGED}, [7]),
        ({"silent": "90d", "segment": "gold"}, [1, 2]),
        ({"never_heard": True, "segment": "gold"}, []),
        ({"open_issues": True}, [2]),
        ({"open_issues": True, "never_heard": True}, []),
        ({"statuses": [Status.ACTIVE], "silent": "90d"}, [1, 2]),
        ({"statuses": [Status.FORMER], "never_heard": True}, []),
        ({"sort": SortBy.NAME}, [2, 3, 4, 5, 6, 1]),
        ({"sort": SortBy.COMPANY}, [3, 6, 4, 1, 2, 5]),
        ({"sort": SortBy.ADDED}, [6, 5, 4, 3, 2, 1]),
        ({"sort": SortBy.SILENT}, [5, 6, 1, 2, 3, 4]),
        ({"sort": SortBy.SILENT, "silent": "90d"}, [1, 2]),
        ({"sort": SortBy.SILENT, "never_heard": True}, [5, 6]),
        ({"sort": SortBy.SILENT, "silent": "90d", "never_heard": True}, [5, 6, 1, 2]),
        ({"sort": SortBy.NAME, "silent": "90d"}, [2, 1]),
    ],
)  # fmt: skip
def test_who_is_listed_and_how_many_there_are(lists: Store, wanted: dict[str, Any], ids: list[int]) -> None:
    assert listed(lists, **wanted) == (ids, len(ids))
    for limit in (1, 3):
        assert listed(lists, **wanted, limit=limit) == (ids[:limit], len(ids))


@pytest.mark.parametrize("said", ["", "90", "soon", "monday", "in 3 days", "90d ago", "-3d", "1.5y"])
def test_what_is_no_length_of_time_is_refused(lists: Store, said: str) -> None:
    with pytest.raises(BadSetting) as refused:
        listed(lists, silent=said)
    assert refused.value.sentence == f"--silent cannot be “{said}”. Write it like 90d, 12w, 6m or 1y."


def test_a_length_of_time_beyond_the_calendar_is_refused(lists: Store) -> None:
    with pytest.raises(BadWhen, match="“9999y” is outside the years that can be counted"):
        listed(lists, silent="9999y")


@pytest.fixture(scope="module")
def crowd(tmp_path_factory) -> Iterator[Store]:
    """Two thousand customers, every tenth heard, thirty who wait to be told."""
    store = new_store(tmp_path_factory.mktemp("crowd") / "care.db")
    store.take(draft(f"Person {n}", phone(n), line=n) for n in range(1, 2001))
    with store.changing() as session:
        for who in range(1, 91):
            raise_issue(session, f"Trouble {who % 30}", who, MONDAY)
        for issue in range(1, 61):
            settle_issue(session, issue, IssueState.FIXED, None, MONDAY)
            tell_raiser(session, issue, issue, "Person", None, "Ann", MONDAY)
    with store.bare() as connection:
        connection.execute(
            "UPDATE customer SET last_heard_at = '2025-01-' || printf('%02d', id % 28 + 1) || ' 10:00:00.000000'"
            " WHERE id % 10 = 0"
        )
    yield store
    store.close()


def plans(store: Store, **wanted: Any) -> list[str]:
    """How SQLite answers each statement about customers that a list asks."""
    said: list[tuple[str, Any]] = []

    def note(connection: Any, cursor: Any, statement: str, parameters: Any, context: Any, executemany: Any) -> None:
        if "FROM customer" in statement:
            said.append((statement, parameters))

    event.listen(store.engine, "before_cursor_execute", note)
    try:
        listed(store, **wanted)
    finally:
        event.remove(store.engine, "before_cursor_execute", note)
    assert said
    with store.bare() as connection:
        return [row[3] for one in said for row in connection.execute(f"EXPLAIN QUERY PLAN {one[0]}", one[1])]


@pytest.mark.parametrize(
    ("wanted", "through"),
    [
        ({"never_heard": True}, "SCAN customer"),  # in the order of their numbers, as far as the page goes
        ({"sort": SortBy.SILENT}, "SCAN customer"),
        ({"sort": SortBy.ADDED}, "SCAN customer"),
        ({"silent": "90d", "sort": SortBy.SILENT}, "customer USING INDEX customer_heard"),
        ({"open_issues": True}, "issue USING INDEX issue_untold"),
        ({"open_issues": True}, "SEARCH customer USING INTEGER PRIMARY KEY"),
    ],
)
def test_a_page_does_not_sort_the_table(crowd: Store, wanted: dict[str, Any], through: str) -> None:
    found = plans(crowd, **wanted, limit=20)
    assert any(through in line for line in found), found
    assert not [line for line in found if "TEMP B-TREE" in line]


def test_sorting_the_table_would_be_seen(crowd: Store) -> None:
    assert any("TEMP B-TREE" in line for line in plans(crowd, sort=SortBy.NAME, limit=20))


@pytest.mark.parametrize("wanted", [{}, {"never_heard": True}, {"standing": Eligibility.CALLABLE}])
def test_the_number_comes_from_the_counters(crowd: Store, wanted: dict[str, Any]) -> None:
    assert not [line for line in plans(crowd, **wanted, limit=20) if "COVERING" in line]
    assert listed(crowd, **wanted)[1] == (1800 if "never_heard" in wanted else 2000)
