"""Changing one customer: what is said changes, the order is left and entered with a line in the ledger."""

import json
from datetime import date

import pytest

from care.customers.add import add_customer, add_newcomer
from care.customers.doctor import examine
from care.customers.edit import Edit, card, edit_customer
from care.customers.phones import read_phones
from care.customers.policy import change_setting
from care.errors import WrongUsage
from care.person.leave import bring_back, pause_customer, say_goodbye, stop_calling
from care.words import Eligibility, Status, Usable
from stores import MONDAY, Store, contact, draft, later, made_once, people, phone


def standing(store: Store, customer: int = 1) -> str:
    return store.one("SELECT standing FROM customer WHERE id = ?", customer)


def ledger(store: Store, last: int) -> list[tuple[str, dict]]:
    found = store.rows("SELECT kind, facts FROM ledger ORDER BY id DESC LIMIT ?", last)
    return [(kind, json.loads(facts)) for kind, facts in reversed(found)]


@made_once
def kari(store: Store) -> Store:
    """Customer 1, with everything that can be known."""
    with store.changing() as session:
        add_customer(
            session, draft("Kari", phone(1), "kari@x.no", company="Fjord", segment="gold", country="NO"), MONDAY
        )
    return store


def test_adding_is_joining(kari: Store) -> None:
    assert ledger(kari, 1) == [("joined", {"count": 1, "cycle": 1, "standings": {"callable": 1}})]
    with kari.reading() as session:
        assert [one.name for one in examine(session, MONDAY) if not one.well] == []
    with kari.changing() as session:
        for twice in (draft("KARI", "kari@x.no"), draft("Kari", phone(1))):
            with pytest.raises(WrongUsage, match="is customer 1 already"):
                add_customer(session, twice, MONDAY)
        assert add_customer(session, draft("Ola", phone(1)), MONDAY).id == 2


def test_an_edit_changes_what_is_said_and_takes_away_what_is_empty(kari: Store) -> None:
    edit = Edit(name="Kari Berg", company="", segment="", zone="Europe/Oslo", birthday=(29, 2, None), remember="a boat",
                emails=(contact("k@y.no"),))  # fmt: skip
    with kari.changing() as session:
        edit_customer(session, 1, edit, later(days=1))
        made = card(session, 1, later(days=1))
        with pytest.raises(WrongUsage, match="nothing to change"):
            edit_customer(session, 1, Edit(), MONDAY)
    assert (made.name, made.company, made.segment, made.country, made.zone) == (
        "Kari Berg",
        None,
        None,
        "NO",
        "Europe/Oslo",
    )
    assert (made.birthday, made.remember, [one.value for one in made.contacts]) == (
        "--02-29", "a boat", [phone(1), "k@y.no"],
    )  # fmt: skip
    assert kari.rows("SELECT folded, email FROM customer") == [("kari berg", "k@y.no")]


def test_a_number_taken_away_and_given_back(kari: Store) -> None:
    with kari.changing() as session:
        edit_customer(session, 1, Edit(phones=()), MONDAY)
    assert (standing(kari), kari.one("SELECT phone FROM customer")) == ("no_phone", None)
    with kari.changing() as session:
        edit_customer(session, 1, Edit(phones=(contact("12345", Usable.UNCHECKED, "123 45"),)), MONDAY)
    assert (standing(kari), kari.one("SELECT phone FROM customer")) == ("callable", "123 45")
    assert [(kind, facts.get("reason")) for kind, facts in ledger(kari, 2)] == [("out", "no_phone"), ("in", None)]


def test_out_and_back_with_their_reasons(kari: Store) -> None:
    with kari.changing() as session:
        with pytest.raises(WrongUsage, match="not to come"):
            pause_customer(session, 1, MONDAY.date(), None, MONDAY)
        pause_customer(session, 1, date(2026, 12, 24), "on leave", MONDAY)
        assert card(session, 1, MONDAY).reason == "on leave"
        stop_calling(session, 1, "asked", MONDAY)
        assert (card(session, 1, MONDAY).standing, card(session, 1, MONDAY).reason) == (
            Eligibility.DO_NOT_CALL,
            "asked",
        )
        say_goodbye(session, 1, "moved", MONDAY)
        assert bring_back(session, 1, MONDAY) == ("pause", "do-not-call", "goodbye")
        with pytest.raises(WrongUsage, match="Nothing to bring back"):
            bring_back(session, 1, MONDAY)
    assert standing(kari) == "callable"
    assert [(kind, facts.get("reason"), facts.get("until")) for kind, facts in ledger(kari, 2)] == [
        ("out", "paused", "2026-12-24"), ("in", None, None),
    ]  # fmt: skip
    # What cannot be erased holds nobody's words.
    assert not any("on leave" in facts for (facts,) in kari.rows("SELECT facts FROM ledger"))


def test_a_goodbye_makes_a_former_customer(kari: Store) -> None:
    with kari.changing() as session:
        say_goodbye(session, 1, "moved away", MONDAY)
        made = card(session, 1, MONDAY)
    assert (made.status, made.standing, made.reason) == (Status.FORMER, Eligibility.FORMER, "moved away")


def test_the_doctor_finds_a_busy_store_well_and_a_bent_one_not(store: Store) -> None:
    store.take(people(30))
    store.plan()
    with store.changing() as session:
        pause_customer(session, 30, date(2026, 12, 24), None, MONDAY)
    with store.reading() as session:
        assert [one.name for one in examine(session, later(days=60)) if not one.well] == []
    for bent, name in (("place = place + 1", "places"), ("standing = 'callable', dnc_reason = 'x'", "standing")):
        with store.bare() as connection:
            connection.execute(f"UPDATE customer SET {bent} WHERE id = 30")
        with store.reading() as session:
            assert name in [one.name for one in examine(session, MONDAY) if not one.well]


def test_a_status_said_by_hand_ends_a_goodbye(kari: Store) -> None:
    with kari.changing() as session:
        say_goodbye(session, 1, "closed the shop", MONDAY)
    with kari.changing() as session:
        edit_customer(session, 1, Edit(status=Status.ACTIVE), MONDAY)
    assert kari.rows("SELECT status, left_reason, standing FROM customer WHERE id = 1") == [
        ("active", None, "callable")
    ]


@pytest.mark.parametrize(
    ("edit", "zone"),
    [
        (Edit(country="JP"), "Asia/Tokyo"),
        (Edit(country="US"), None),  # no zone all of it keeps
        (Edit(phones=read_phones("+81 3 1234 5678", None)), "Asia/Tokyo"),
        (Edit(phones=read_phones("+81 3 12", None)), None),  # it cannot be checked
        (Edit(country="JP", zone="Europe/Oslo"), "Europe/Oslo"),
        (Edit(country="JP", zone=""), None),
        (Edit(name="Kei"), None),
    ],
)
def test_the_zone_of_a_new_country_or_number_is_stored(store: Store, edit: Edit, zone: str | None) -> None:
    with store.changing() as session:
        customer_id = add_customer(session, draft("Kei"), MONDAY).id
        edit_customer(session, customer_id, edit._replace(segment="gold"), MONDAY)
        assert card(session, customer_id, MONDAY).zone == zone


def test_a_zone_that_is_known_stays(store: Store) -> None:
    with store.changing() as session:
        customer_id = add_customer(session, draft("Kari", zone="Europe/Oslo"), MONDAY).id
        edit_customer(session, customer_id, Edit(country="JP"), MONDAY)
        assert card(session, customer_id, MONDAY).zone == "Europe/Oslo"


def test_a_newcomer_lives_where_the_team_does(store: Store) -> None:
    with store.changing() as session:
        change_setting(session, "country", "JP", MONDAY)
        assert card(session, add_newcomer(session, "Kei", MONDAY), MONDAY).zone == "Asia/Tokyo"
