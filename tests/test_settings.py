"""What can be set: read from what a person types, refused with the form, and what it moves in the store."""

import json

import pytest

from care.customers.policy import change_setting
from care.db.settings import policy
from care.errors import BadSetting, CareError, WrongUsage
from care.settings import FORMS, Policy, draw_policy, policy_from, read_setting
from care.words import Pace, Status
from stores import MONDAY, Store, draft, later, phone


@pytest.mark.parametrize(
    ("key", "said", "value"),
    [
        ("company", "  Fjord   Books ", "Fjord Books"),
        ("country", "norway", "NO"),
        ("country", "no", "NO"),
        ("timezone", "Europe/Oslo", "Europe/Oslo"),
        ("team", "Ann, Bo ,, Ann", ["Ann", "Bo"]),
        ("callers", "Ann", ["Ann"]),
        ("calls_per_week", " 5 ", 5),
        ("reserves", "2N", None),
        ("reserves", "0", 0),
        ("attempts", "10", 10),
        ("rest_days", "0", 0),
        ("neglect_days", "1", 1),
        ("statuses", "Active, PROSPECT", ["active", "prospect"]),
        ("pace", "EVEN", "even"),
        ("slots", "thursday 3pm-5pm, Tue 10-12", "Tue 10:00-12:00, Thu 15:00-17:00"),
        ("slots", "Tue 10-12 Asia/Tokyo", "Tue 10:00-12:00 Asia/Tokyo"),
        ("call_minutes", "20", 20),
        ("gap_minutes", "0", 0),
        ("customer_hours", "9-18", "Mon-Fri 09:00-18:00"),
        ("customer_hours", "Mon-Sat 8:30-16", "Mon-Sat 08:30-16:00"),
        ("caller", "Ann", "Ann"),
        ("calendar", " https://dav.example.com/ann/ ", "https://dav.example.com/ann/"),
        ("calendar", "http://localhost:5232/ann/", "http://localhost:5232/ann/"),
        ("calendar", "http://[::1]:5232/ann/", "http://[::1]:5232/ann/"),
        ("calendar", "/home/ann/calls", "/home/ann/calls"),
        ("busy", "/a.ics, https://dav.example.com/b/", ["/a.ics", "https://dav.example.com/b/"]),
    ],
)
def test_a_setting_is_read_as_people_type_it(key: str, said: str, value: object) -> None:
    assert read_setting(key, said) == value


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("company", " "), ("country", "Atlantis"), ("team", " , "), ("calls_per_week", "0"), ("calls_per_week", "501"),
        ("calls_per_week", "three"), ("reserves", "-1"), ("reserves", "3n"), ("attempts", "0"), ("rest_days", "-1"),
        ("rest_days", "3651"), ("rest_days", ""), ("neglect_days", "0"), ("statuses", "everyone"), ("pace", "fast"),
        ("timezone", "Europe/Atlantis"), ("slots", "Tue"), ("slots", "whenever"), ("slots", "Tue 12-10"),
        ("slots", "Tue 10-12 Asia/Atlantis"), ("call_minutes", "4"), ("gap_minutes", "-1"),
        ("customer_hours", "Mon-Fri"),
    ],
)  # fmt: skip
def test_a_value_that_makes_no_sense_is_refused_with_its_form(key: str, said: str) -> None:
    with pytest.raises(BadSetting, match="Write it like"):
        read_setting(key, said)


def test_an_unknown_setting_names_the_near_one() -> None:
    with pytest.raises(WrongUsage, match="Did you mean rest_days"):
        read_setting("rest_day", "3")
    with pytest.raises(CareError, match="care config shows every setting"):
        read_setting("xyzzy", "red")


def test_every_setting_has_a_form_and_a_default_that_can_be_set() -> None:
    assert set(FORMS) == set(Policy._fields)
    defaults = Policy()
    assert (defaults.calls_per_week, defaults.reserves_for(3), defaults.attempts) == (3, 6, 3)
    assert (defaults.rest_days, defaults.refused_rest_days, defaults.neglect_days) == (90, 365, 365)
    assert (defaults.statuses, defaults.pace) == ((Status.ACTIVE,), Pace.EVEN)
    assert (defaults.slots, defaults.call_minutes, defaults.gap_minutes) == ({}, 20, 10)
    assert read_setting("customer_hours", defaults.customer_hours) == defaults.customer_hours
    assert Policy(reserves=1).reserves_for(50) == 1


def test_a_policy_is_what_was_stored_and_defaults() -> None:
    made = policy_from({"team": ["Ann"], "statuses": ["prospect"], "pace": "asked", "rest_days": 5, "unknown": 1})
    assert made == Policy(team=("Ann",), statuses=(Status.PROSPECT,), pace=Pace.ASKED, rest_days=5)
    assert policy_from({}) == Policy()
    json.dumps(draw_policy(made))


def test_a_changed_policy_goes_into_the_ledger_and_another_setting_does_not(store: Store) -> None:
    before = store.one("SELECT count(*) FROM ledger")
    with store.changing() as session:
        assert change_setting(session, "company", "Berg", MONDAY) == "Berg"
    assert store.one("SELECT count(*) FROM ledger") == before
    with store.changing() as session:
        assert change_setting(session, "rest_days", 30, MONDAY) == 30
    kind, facts = store.rows("SELECT kind, facts FROM ledger ORDER BY id DESC LIMIT 1")[0]
    assert (kind, json.loads(facts)["policy"]["rest_days"]) == ("policy", 30)
    with store.changing() as session:
        assert change_setting(session, "rest_days", None, MONDAY) == 90
        assert policy(session).rest_days == 90
    assert store.one("SELECT count(*) FROM ledger") == before + 2


def test_other_statuses_bring_customers_in_and_take_them_out(store: Store) -> None:
    store.take(
        [draft("Ann", phone(1)), draft("Bo", phone(2), status=Status.PROSPECT), draft("Cy", status=Status.PROSPECT)]
    )
    standings = "SELECT standing FROM customer ORDER BY id"
    assert store.rows(standings) == [("callable",), ("prospect",), ("prospect",)]
    with store.changing(later(days=1)) as session:
        change_setting(session, "statuses", ["prospect"], later(days=1))
    assert store.rows(standings) == [("active",), ("callable",), ("no_phone",)]
    assert store.rows("SELECT kind, customer_id FROM ledger ORDER BY id DESC LIMIT 3") == [
        ("in", 2), ("out", 1), ("policy", None),
    ]  # fmt: skip
    with store.changing(later(days=2)) as session:
        change_setting(session, "statuses", None, later(days=2))
    assert store.rows(standings) == [("callable",), ("prospect",), ("prospect",)]
