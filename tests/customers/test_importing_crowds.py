"""Customers who share one switchboard: nobody is lost or mixed up, and it does not take the square of their number."""

import time
from collections import Counter

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from test_importing_pieces import ROWS, VISIBLE, is_sound

from care.customers.customer_input import CustomerInput
from care.customers.imports import candidates, take
from care.customers.imports.matching import Candidate, same_person
from care.customers.imports.shared_contacts import MANY_HOLDERS, Holder, SharedContact
from stores import Store, draft, later, new_store, phone

SWITCHBOARD = phone(1)


def colleagues(count: int, *, numbered: bool, first: int = 0) -> list[CustomerInput]:
    """That many people reached by one number."""
    return [
        draft(f"Person {n}", SWITCHBOARD, external_id=f"E{n}" if numbered else None)
        for n in range(first, first + count)
    ]


@pytest.mark.parametrize("count", [400, pytest.param(40_000, marks=pytest.mark.slow)])
@pytest.mark.parametrize("numbered", [True, False])
def test_very_many_on_one_number(store: Store, numbered: bool, count: int) -> None:
    begun = time.perf_counter()
    everyone = colleagues(count, numbered=numbered)
    assert store.take(everyone).counts["added"] == count
    added = time.perf_counter() - begun
    again = store.take(everyone[::-1], later(days=1))
    assert (again.counts["unchanged"], again.counts["added"]) == (count, 0)
    more = store.take(
        [*colleagues(2, numbered=numbered, first=count - 1), draft("Person 7", SWITCHBOARD)], later(days=2)
    )
    assert more.counts == Counter(read=3, added=1, unchanged=2, updated=0, rejected=0)
    assert store.one("SELECT count(DISTINCT uid) FROM customer") == store.one("SELECT count(*) FROM customer")
    assert is_sound(store)
    assert added < 120  # the square of forty thousand takes hours, and their number seconds


def test_a_crowd_is_told_by_name_and_by_who_is_left(store: Store) -> None:
    count = MANY_HOLDERS + 10
    store.take(colleagues(count, numbered=False))
    # Everyone but one comes by name; the one left under another name was renamed.
    file = [*colleagues(count - 1, numbered=False), draft("Renamed Person", SWITCHBOARD)]
    imported = store.take(file, later(days=1))
    assert (imported.counts["unchanged"], imported.counts["updated"], imported.counts["added"]) == (count - 1, 1, 0)
    assert store.one("SELECT name FROM customer WHERE id = ?", count) == "Renamed Person"
    # As long as two are left it could be either, and so it is somebody new.
    imported = store.take([draft("Stranger", SWITCHBOARD)], later(days=2))
    assert imported.counts["added"] == 1


def test_a_running_number_behind_very_many_is_the_next(store: Store) -> None:
    from hashlib import blake2b

    from stores import KEY

    store.take(colleagues(700, numbered=False))
    store.take([draft("One More", SWITCHBOARD)], later(days=1))
    said = f"uidphone:{SWITCHBOARD}#701".encode()
    assert store.one("SELECT uid FROM customer WHERE name = 'One More'") == (
        blake2b(said, key=KEY, digest_size=16).hexdigest()
    )


def outcome(path, known: list[CustomerInput], rows: list[CustomerInput], piece: int, crowd: int) -> tuple:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(take, "PIECE", piece)
        patch.setattr(candidates, "MANY_HOLDERS", crowd)
        store = new_store(path)
        store.take(known)
        counts = store.take(rows, later(days=1)).counts
        assert is_sound(store)
        seen = store.rows(VISIBLE)
        store.close()
    path.unlink()
    return seen, dict(counts)


@settings(max_examples=3, phases=[Phase.generate])
@given(known=ROWS, rows=ROWS)
def test_a_crowd_decides_as_its_members_do(tmp_path_factory, known, rows) -> None:
    check_crowds(tmp_path_factory, known, rows)


@pytest.mark.slow
@settings(max_examples=15, phases=[Phase.generate])
@given(known=ROWS, rows=ROWS)
def test_many_crowds_decide_as_their_members_do(tmp_path_factory, known, rows) -> None:
    check_crowds(tmp_path_factory, known, rows)


def check_crowds(tmp_path_factory, known, rows) -> None:
    path = tmp_path_factory.mktemp("crowds") / "care.db"
    plain = outcome(path, known, rows, 2000, 50)
    assert [outcome(path, known, rows, *sizes) for sizes in ((2000, 0), (3, 1))] == [plain] * 2


PEOPLE = st.lists(
    st.tuples(st.sampled_from("abc"), st.booleans(), st.booleans(), st.booleans()), min_size=1, max_size=6
)


@given(people=PEOPLE, name=st.sampled_from("abd"), beside=st.booleans(), unnumbered=st.booleans())
def test_those_who_decide_lead_where_all_would(people, name: str, beside: bool, unnumbered: bool) -> None:
    """Members as (name, has an address, has a number in the system, was a row already)."""
    holders = [Holder(ref, who, mail, numbered) for ref, (who, mail, numbered, _) in enumerate(people)]
    claimed = {ref for ref, (*_, met) in enumerate(people) if met}
    candidates = {
        one.ref: Candidate(one.ref, one.name, frozenset(["their@x.no"] if one.has_email else []), frozenset("1"))
        for one in holders
    }
    everyone = [candidates[one.ref] for one in holders if not (unnumbered and one.is_numbered)]
    few = SharedContact(holders).who_decide(
        name, unnumbered=unnumbered, without_email=beside, is_claimed=claimed.__contains__
    )
    emails = ["my@x.no"] if beside else []
    by_all = same_person(name, emails, [], everyone, claimed.__contains__)
    assert len(few) <= 2
    assert same_person(name, emails, [], [candidates[ref] for ref in few], claimed.__contains__) == by_all
    by_few = [candidates[ref] for ref in few] if not beside else None
    if by_few is not None:  # the same as an address they share
        assert same_person(name, ["a@x.no"], by_few, [], claimed.__contains__) == same_person(
            name, ["a@x.no"], everyone, [], claimed.__contains__
        )


def test_beside_an_address_only_those_without_one_are_waiting(store: Store) -> None:
    known = [draft(f"Person {n}", SWITCHBOARD, f"p{n}@x.no") for n in range(MANY_HOLDERS + 10)]
    store.take([*known, draft("Quiet", SWITCHBOARD)])
    # Everybody else has another address; only of the one without may it be a new name.
    imported = store.take([draft("Loud", SWITCHBOARD, "loud@x.no")], later(days=1))
    assert (imported.counts["updated"], imported.counts["added"]) == (1, 0)
    assert store.one("SELECT email FROM customer WHERE name = 'Loud' AND id = ?", MANY_HOLDERS + 11) == "loud@x.no"
