"""The demo: a company that is the same on every machine on the same day, and sound in every row."""

import sqlite3
from pathlib import Path

import pytest
from running import Care

EARLY, LATE = "2026-11-25T06:30:00+01:00", "2026-11-25T22:15:00+01:00"


@pytest.fixture
def shown(care: Care) -> Care:
    """A demo in the store of this test."""
    care.ok("demo", "--store", str(care.store), now=EARLY)
    return care


def contents(store: Path) -> list[str]:
    with sqlite3.connect(store) as connection:
        return list(connection.iterdump())


def test_the_same_day_makes_the_same_demo(shown: Care) -> None:
    early = contents(shown.store)
    shown.ok("demo", "--store", str(shown.store), now=LATE)
    assert contents(shown.store) == early


def test_it_is_half_a_year_of_a_sound_store(shown: Care) -> None:
    shown.ok("doctor", now=EARLY)
    with sqlite3.connect(shown.store) as connection:
        customers, weeks, talks, told = connection.execute(
            "SELECT (SELECT count(*) FROM customer), (SELECT count(DISTINCT week) FROM draw),"
            " (SELECT count(*) FROM call WHERE state = 'held'), (SELECT count(*) FROM issue WHERE state = 'told')"
        ).fetchone()
        ahead = connection.execute("SELECT count(*) FROM change WHERE at > '2026-11-25 05:30'").fetchone()[0]
    assert (customers, weeks, ahead) == (240, 26, 0)
    assert talks > 60
    assert told >= 2


def test_it_shows_monday_a_brief_and_the_report_and_one_can_go_on(shown: Care) -> None:
    said = shown.ok("demo", "--store", str(shown.store), now=EARLY).out
    for words in (
        "Week 48, 23 to 29 November",
        "REMEMBER",
        "TELL TODAY",
        "WE OWE",
        "PRACTICE",
        "care log ",
        "care init",
    ):
        assert words in said
    assert shown.ok("plan", now=EARLY).out in said
    assert "held" in shown.ok("log", "-o", "r", now=EARLY).out


def test_it_never_takes_the_place_of_a_store_of_every_day(care: Care) -> None:
    care.ok("init", "--company", "Fjord")
    before = care.store.read_bytes()
    care("demo", "--store", str(care.store)).refused(5, "no demo's store")
    assert care.store.read_bytes() == before
