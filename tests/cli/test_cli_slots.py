"""Slots, times and other hours, as a founder types them."""

from pathlib import Path

import pytest
from making import made_once
from rich.cells import cell_len
from running import SGR, Care

ABROAD = (
    "name,phone,country,id\n"
    "Kari Nordmann,+4722123456,NO,1\n"
    "Ravi Rao,+919876501234,IN,2\n"
    "Yuki Tanaka,+81312345678,JP,3\n"
    "Eva Berg,+46812345678,SE,4\n"
)


@made_once
def begun(care: Care) -> Care:
    """A store where Ann calls, in Oslo."""
    care.ok("init", "--company", "Fjord Books", "--country", "NO", "--caller", "Ann", "--timezone", "Europe/Oslo")
    return care


@pytest.fixture
def abroad(begun: Care, tmp_path: Path) -> Care:
    """A store with a customer each in Norway, India, Japan and Sweden, who are all drawn."""
    file = tmp_path / "abroad.csv"
    file.write_text(ABROAD, "utf-8")
    begun.ok("customers", "import", str(file))
    begun.ok("config", "set", "pace", "asked")
    begun.ok("config", "set", "calls_per_week", "4")
    return begun


def hint(plan_err: str) -> int:
    return plan_err.count('care config set slots "Tue 10:00-12:00, Thu 15:00-17:00"')


def test_the_plan_says_once_how_to_set_slots(abroad: Care) -> None:
    first = abroad.ok("plan")
    assert hint(first.err) == 1
    assert "when" not in first.out
    assert hint(abroad.ok("plan").err) == 0
    abroad.ok("config", "set", "slots", "Tue 10-12, Thu 15-17")
    following = abroad.ok("plan", now="2026-11-30T09:00:00+01:00")
    assert hint(following.err) == 0


def test_a_plan_with_times_reads_like_a_calendar(abroad: Care) -> None:
    abroad.ok("config", "set", "slots", "Tue 10:00-12:00, Wed 9-11")
    plan = abroad.ok("plan")
    lines = plan.out.splitlines()
    kari, ravi = (next(line for line in lines if name in line) for name in ("Kari", "Ravi"))
    assert "Tue 24 10:" in kari
    assert "for them" not in kari
    assert "Wed 25 09:30" in ravi  # Tuesday is a holiday there
    assert ravi.endswith("14:00 for them")
    calls = {one["customer"]["name"]: one for one in abroad.ok("plan", "--json").json["calls"]}
    assert calls["Yuki Tanaka"]["starts_at"] == "2026-11-25T09:00:00+01:00"
    assert calls["Yuki Tanaka"]["ends_at"] == "2026-11-25T09:20:00+01:00"
    assert abroad.ok("plan").out == plan.out
    assert abroad.ok("verify", "--json").json["problems"] == []
    with abroad.terminal("plan", width=60) as terminal:
        shown = SGR.sub("", terminal.to_the_end())
    assert "Tue 24" in shown
    assert all(cell_len(line) <= 60 for line in shown.splitlines())


def test_what_fits_nowhere_is_named_with_its_reason(abroad: Care) -> None:
    abroad.ok("config", "set", "slots", "Thu 15:00-17:00")
    plan = abroad.ok("plan")
    calls = {one["customer"]["name"]: one["id"] for one in abroad.ok("plan", "--json").json["calls"]}
    said = " ".join(plan.out.split())
    assert f"No time for c{calls['Yuki Tanaka']}: their 09:00–18:00 in Tokyo never meets your slots." in said
    assert f"No time for c{calls['Ravi Rao']}: their 09:00–18:00 in Kolkata never meets your slots." in said
    found = abroad.ok("plan", "--json").json["no_time"]
    assert {one["call"] for one in found} == {calls["Yuki Tanaka"], calls["Ravi Rao"]}


def test_a_rehearsal_counts_and_names_nobody(abroad: Care) -> None:
    abroad.ok("config", "set", "slots", "Tue 10:00-10:50")
    out = abroad.ok("plan", "--dry-run").out
    assert "The slots of the week have room for 2 calls: 2 of 4 would get a time." in " ".join(out.split())
    assert not any(name in out for name in ("Kari", "Ravi", "Yuki", "Eva"))
    counted = abroad.ok("plan", "--dry-run", "--json").json
    assert (counted["free"], counted["timed"], counted["seats"]) == (2, 2, 4)


def test_slots_are_mine_or_of_who_is_named(begun: Care) -> None:
    begun.ok("config", "set", "team", "Ann, Bo, Cy")
    begun.ok("config", "set", "callers", "Ann, Bo")
    begun.ok("config", "set", "slots", "tue 10-12")
    begun.ok("config", "set", "slots", "Wed 8-9 Asia/Tokyo", "--caller", "bo")
    shown = {one["key"]: one["value"] for one in begun.ok("config", "--json").json["settings"]}
    assert shown["slots"] == {"Ann": "Tue 10:00-12:00", "Bo": "Wed 08:00-09:00 Asia/Tokyo"}
    begun.ok("config", "unset", "slots", "--caller", "Ann")
    assert "Bo: Wed 08:00-09:00 Asia/Tokyo" in begun.ok("config").out
    (begun.folder / "care.toml").unlink(missing_ok=True)
    begun.ok("config", "set", "slots", "Fri 9-10")  # nobody knows who I am: everyone's who calls
    shown = {one["key"]: one["value"] for one in begun.ok("config", "--json").json["settings"]}
    assert shown["slots"] == {"Ann": "Fri 09:00-10:00", "Bo": "Fri 09:00-10:00"}
    begun("config", "set", "slots", "morning tea").refused(2, "morning tea", "Tue 10:00-12:00, Thu 15:00-17:00")
    begun("config", "set", "slots", "Tue 10-12", "--caller", "Zed").refused(2, "Zed")
    begun("config", "set", "team", "Ann", "--caller", "Ann").refused(2, "--caller", "team")
    begun("config", "set", "customer_hours", "18-9").refused(2, "18-9", "Mon-Fri 09:00-18:00")


def test_a_customer_s_hours_and_owner(filled: Care) -> None:
    shown = filled.ok("customers", "edit", "Kari", "--prefers", "Tue, Thu after 16:00", "--owner", "ann").out
    assert "prefers     Tue, Thu after 16:00" in shown
    assert "owner       Ann" in shown
    card = filled.ok("customers", "show", "Kari", "--json").json
    assert (card["prefers"], card["owner"], card["spend"]) == ("Tue, Thu after 16:00", "Ann", None)
    filled("customers", "edit", "Kari", "--prefers", "whenever").refused(2, "whenever", "mornings", "after 16:00")
    filled("customers", "edit", "Kari", "--owner", "Zed").refused(2, "Zed", "Ann")
    gone = filled.ok("customers", "edit", "Kari", "--prefers", "", "--owner", "").out
    assert "prefers" not in gone
    assert "owner" not in gone


def test_moving_and_giving_a_call(abroad: Care) -> None:
    abroad.ok("config", "set", "team", "Ann, Bo")
    abroad.ok("config", "set", "slots", "Tue 10:00-12:00")
    abroad.ok("plan")
    moved = abroad.ok("plan", "move", "Kari", "sat 20:00")
    assert "Sat 28 20:00" in moved.out
    assert "Saturday 20:00 is outside the hours they are called in, Mon–Fri 09:00–18:00." in moved.err
    calm = abroad.ok("plan", "move", "Kari", "wed 10:00", "--json").json
    assert (calm["starts_at"], calm["ends_at"]) == ("2026-11-25T10:00:00+01:00", "2026-11-25T10:20:00+01:00")
    crowded = abroad.ok("plan", "move", "Eva", "wed 10:10")
    assert "overlaps" in crowded.err
    assert "Kari Nordmann" in crowded.err
    abroad("plan", "move", "Kari", "2026-11-20").refused(2, "2026-11-20", "is over")
    abroad("plan", "move", "c99", "wed").refused(3, "c99")
    given = abroad.ok("plan", "give", "Kari", "Bo", "--json").json
    assert given["caller"] == "Bo"
    abroad("plan", "give", "Kari", "Zed").refused(2, "Zed")


@pytest.mark.parametrize(
    ("slots", "said"),
    [("Mon 9-10, Thu 15:00-17:00", "Next try: Thu 26, 15:00"), (None, "Next try: Tue 24, in the afternoon")],
)
def test_the_next_try_is_said_and_shown(abroad: Care, slots: str | None, said: str) -> None:
    abroad.ok("plan")
    if slots:
        abroad.ok("config", "set", "slots", slots)
    assert said in abroad.ok("log", "Kari", "-o", "n").out
    shown = next(line for line in abroad.ok("plan").out.splitlines() if "Kari" in line)
    assert ("Thu 26 15:00" if slots else "try the afternoon") in shown
