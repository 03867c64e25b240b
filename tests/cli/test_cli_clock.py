"""Weeks where the calendar is odd, through the real program: week 53, New Year, far zones, a clock set back."""

from collections.abc import Callable
from pathlib import Path

import pytest
from running import PEOPLE, Care, write_csv

Made = Callable[[str], Care]


@pytest.fixture
def made(tmp_path: Path) -> Made:
    """Makes a store of twelve customers whose team lives in that zone: three talks a week, begun in October."""

    def make(zone: str) -> Care:
        care = Care(tmp_path, now="2026-10-01T12:00:00+00:00")
        care.ok("init", "--company", "Fjord Books", "--country", "NO", "--caller", "Ann", "--timezone", zone,
                "--calls", "3")  # fmt: skip
        care.ok("config", "set", "pace", "asked")
        care.ok("customers", "import", str(write_csv(care.folder / "people.csv", PEOPLE)))
        return care

    return make


def test_a_year_of_53_weeks_and_the_next(made: Made) -> None:
    care = made("Europe/Oslo")
    plan = care.ok("plan", now="2026-12-28T09:00:00+01:00")
    assert plan.out.startswith("Week 53, 28 December 2026 to 3 January 2027")
    drawn = care.ok("plan", "--json", now="2026-12-31T23:59:00+01:00").json
    assert drawn["week"] == "2026-W53"
    # The same week on both sides of midnight, by every name it has.
    for words in ((), ("--week", "this"), ("--week", "2026-W53"), ("--calls", "3")):
        assert care.ok("plan", *words, "--json", now="2027-01-01T00:01:00+01:00").json["seal"] == drawn["seal"]
    now = "2027-01-01T00:01:00+01:00"
    care("plan", "--week", "2025-W53", now=now).refused(2, "“2025-W53” does not exist", "then comes 2026-W01")
    care("plan", "--week", "2027-W53", now=now).refused(2, "2027 ends with week 52, then comes 2028-W01")
    care("plan", "--week", "2027-W02", now=now).refused(2, "too far ahead", "2027-W01")
    care("plan", "off", "2025-W53", "--reason", "Christmas", now=now).refused(2, "does not exist")

    # Drawn in the old year, called in the new one: its calls stay in their week, and it is kept.
    for call, day in zip(drawn["calls"], ("2026-12-30", "2027-01-02", "2027-01-03"), strict=True):
        talk = care.ok("log", f"c{call['id']}", "--answer", "ease=fine", "--reading", "ease=good", "--json",
                       now=f"{day}T23:30:00+01:00").json["call"]  # fmt: skip
        assert (talk["week"], talk["state"]) == ("2026-W53", "held")
    held = care.ok("plan", "--json", now="2027-01-03T23:59:00+01:00").json
    assert (held["week"], held["monday"]) == ("2027-W01", "2027-01-04")
    first = care.ok("report", "practice", "--json", now="2027-01-04T00:01:00+01:00").json["practice"]
    assert (first["weeks_kept"], first["drawn_talks"]) == (1, 3)
    assert care.ok("verify", "--json", now="2027-01-04T00:01:00+01:00").json["problems"] == []
    rested = care.ok("customers", "show", str(drawn["calls"][1]["customer"]["id"]), "--json", now=now).json
    assert rested["free_on"] == "2027-04-02"  # ninety days after 2 January


@pytest.mark.parametrize(
    ("zone", "sunday", "monday"),
    [
        ("Pacific/Kiritimati", "2026-11-29T09:59:00+00:00", "2026-11-29T10:00:00+00:00"),  # 14 hours ahead
        ("Pacific/Pago_Pago", "2026-11-30T10:59:00+00:00", "2026-11-30T11:00:00+00:00"),  # 11 hours behind
        ("Europe/Oslo", "2026-11-29T22:59:00+00:00", "2026-11-29T23:00:00+00:00"),
    ],
)
def test_a_week_begins_with_the_team_s_own_monday(made: Made, zone: str, sunday: str, monday: str) -> None:
    care = made(zone)
    assert care.ok("plan", "--week", "this", "--json", now=sunday).json["week"] == "2026-W48"
    ahead = care.ok("plan", "--week", "next", "--dry-run", "--json", now=sunday)
    assert ahead.json["week"] == "2026-W49"
    late = care.ok("log", "-o", "n", "--json", now=sunday).json
    assert care.ok("plan", "--week", "this", "--json", now=monday).json["week"] == "2026-W49"
    # The try of Sunday was of yesterday, one minute ago: a second one on Monday counts.
    again = care.ok("log", f"c{late['call']['id']}", "-o", "v", "--json", now=monday).json
    assert [one["outcome"] for one in again["call"]["attempts"]] == ["no-answer", "voicemail"]
    assert again["call"]["week"] == "2026-W48"
    verified = care.ok("verify", "--json", now=monday).json
    assert (verified["draws"], verified["problems"]) == (2, [])


@pytest.mark.parametrize(
    ("sunday", "monday", "weeks"),
    [
        # The hour between 02:00 and 03:00 comes twice, and the day has 25 hours; then it is missing, and it has 23.
        ("2026-10-25T22:59:00+00:00", "2026-10-25T23:00:00+00:00", ["2026-W43", "2026-W44"]),
        ("2027-03-28T21:59:00+00:00", "2027-03-28T22:00:00+00:00", ["2027-W12", "2027-W13"]),
    ],
)
def test_a_week_in_which_the_clocks_change(made: Made, sunday: str, monday: str, weeks: list[str]) -> None:
    care = made("Europe/Oslo")
    plans = [care.ok("plan", "--week", "this", "--json", now=now).json for now in (sunday, monday)]
    assert [plan["week"] for plan in plans] == weeks
    assert care.ok("verify", "--json", now=monday).json["problems"] == []


def test_an_hour_the_clocks_skip_is_moved_and_said(made: Made) -> None:
    care = made("Europe/Oslo")
    skipped = care.ok("plan", "add", "kari", "2027-03-28 02:30", "--json")
    assert skipped.json["starts_at"] == "2027-03-28T03:30:00+02:00"
    assert skipped.json["week"] == "2027-W12"
    assert "02:30 does not exist that day; 03:30 it is" in care.ok("plan", "add", "ola", "2027-03-28 02:30").err


def test_a_clock_set_back_is_one_clear_line_and_draws_nothing(made: Made) -> None:
    care = made("Europe/Oslo")
    monday, before = "2027-01-04T09:00:00+01:00", "2026-12-29T09:00:00+01:00"
    care.ok("plan", now="2026-12-28T09:00:00+01:00")
    drawn = care.ok("plan", "--json", now=monday).json
    behind = ("the clock is behind the last draw of 2027-01-04", "Set it right")
    for words in (("--calls", "5"), ("--week", "next", "--calls", "5"), ("--dry-run",), ("--week", "2026-W52")):
        care("plan", *words, now=before).refused(2, *behind)
    # What only shows, shows; and the week that was drawn last is still there.
    assert care.ok("plan", "--json", now=before).json["week"] == "2026-W53"
    assert care.ok("plan", "--week", "next", "--json", now=before).json["seal"] == drawn["seal"]
    assert care.ok("brief", now=before).out
    assert care.ok("report", now=before).out
    assert care.ok(now=before).out
    # A talk is never lost to a wrong clock.
    first = f"c{drawn['calls'][0]['id']}"
    assert care.ok("log", first, "--answer", "ease=fine", "--json", now=before).json["call"]["state"] == "held"
    assert care.ok("verify", "--json", now=monday).json["problems"] == []


def test_a_plan_that_was_passed_says_that_it_is_there(made: Made) -> None:
    care = made("Europe/Oslo")
    care.ok("plan", now="2026-12-21T09:00:00+01:00")
    care.ok("plan", "--week", "next", now="2026-12-26T09:00:00+01:00")
    late = care("plan", "--week", "this", "--calls", "5", now="2026-12-26T09:00:00+01:00")
    late.refused(2, "week 2026-W52 has its plan, and nobody can be added: weeks up to 2026-W53 are drawn")
    over = care("plan", "--week", "2026-W52", "--calls", "5", now="2026-12-29T09:00:00+01:00")
    over.refused(2, "week 2026-W52 has its plan")
    care("plan", "--week", "2026-W51", now="2026-12-26T09:00:00+01:00").refused(2, "2026-W51 has no plan and cannot")
