"""Files longer than one piece, and rows of one file for the same person: it must not matter where a piece ends."""

from collections import Counter

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from care.customers.customer_input import CustomerInput
from care.customers.doctor import find_orphans, wrong_phones
from care.customers.imports import take as actions
from care.customers.imports.take import PIECE, Imported
from care.db.triggers import TALLY, count_broken
from care.words import Eligibility, Usable
from stores import Store, contact, draft, later, new_store, people, phone

VISIBLE = """SELECT name, folded, phone, email, segment, standing, uid,
  (SELECT group_concat(value) FROM (SELECT value FROM contact WHERE customer_id = customer.id ORDER BY kind, rank)),
  (SELECT folded FROM company WHERE id = company_id)
  FROM customer ORDER BY uid"""


def is_sound(store: Store) -> bool:
    """Whether counters, numbers, links and the full text are what they should be."""
    with store.bare() as connection:
        connection.execute("INSERT INTO customer_name(customer_name, rank) VALUES ('integrity-check', 1)")
    with store.reading() as session:
        return (count_broken(session, TALLY), wrong_phones(session), find_orphans(session)) == (0, 0, 0)


def check_counts(store: Store, imported: Imported) -> None:
    counts = imported.counts
    assert counts["read"] == counts["added"] + counts["updated"] + counts["unchanged"] + counts["rejected"]
    assert sum(imported.standings.values()) <= store.one("SELECT count(*) FROM customer")


def test_a_long_file_with_everyone_twice(store: Store) -> None:
    count = 2 * PIECE + 500
    file = people(count)
    file += [file[n] for n in range(0, count, 10)]  # far behind, in another piece
    file[PIECE : PIECE + 1] = [file[PIECE], file[PIECE - 1]]  # at the very seam
    imported = store.take(file)
    repeats = len(range(0, count, 10)) + 1
    assert imported.counts == Counter(read=count + repeats, added=count, updated=0, unchanged=repeats, rejected=0)
    assert store.one("SELECT count(*) FROM customer") == count
    assert store.one("SELECT count(DISTINCT place) FROM customer") == count
    assert imported.standings == {Eligibility.CALLABLE: count}
    assert is_sound(store)
    again = store.take(file, later(days=1))
    assert (again.counts["added"], again.counts["updated"]) == (0, 0)
    assert again.standings == {Eligibility.CALLABLE: count}


def test_one_number_under_two_names_is_two_people_in_a_file_and_one_renamed_between_files(store: Store) -> None:
    file = people(PIECE + 10)
    renamed = file[5]._replace(name="Renamed Person", line=9999)
    imported = store.take([*file, renamed])
    assert (imported.counts["added"], imported.counts["updated"]) == (PIECE + 10, 0)
    assert [one.line for one in imported.rejections] == [9999]
    imported = store.take([renamed], later(days=1))
    assert (imported.counts["added"], imported.counts["updated"]) == (0, 1)
    assert is_sound(store)
    from care.db.full_text import ids_by_name

    with store.reading() as session:
        assert ids_by_name(session, "renamed", 9) == ([6], 1)
        assert ids_by_name(session, "0006", 9) == ([], 0)


def test_a_number_further_down_the_file_counts_the_customer_once(store: Store) -> None:
    file = [draft("Quiet", external_id="Q"), *people(PIECE), draft("Quiet", phone(99999), external_id="Q")]
    imported = store.take(file)
    assert imported.standings == {Eligibility.CALLABLE: PIECE + 1, Eligibility.NO_PHONE: 0} or imported.standings == {
        Eligibility.CALLABLE: PIECE + 1
    }
    assert is_sound(store)


def test_an_unchecked_number_is_counted_once(store: Store) -> None:
    one = draft("Odd", contact("12345", Usable.UNCHECKED, "123 45"), external_id="O")
    assert store.take([one, one, *people(PIECE), one]).unchecked == 1
    assert store.take([one, one, *people(PIECE), one], later(days=1)).unchecked == 1


@pytest.mark.parametrize("apart", [False, True])
def test_two_rows_of_someone_known_are_both_kept(store: Store, apart: bool) -> None:
    store.take([draft("Kari", "kari@x.no", segment="bronze")])
    between = people(PIECE) if apart else []
    rows = [
        draft("Kari", "kari@x.no", phone(71), segment="gold", extra={"Shoe": "43"}),
        *between,
        draft("Kari", "kari@x.no", phone(72), segment="bronze", extra={"Hat": "7"}),
        draft("Kari", phone(71)),
    ]
    imported = store.take(rows, later(days=1))
    assert imported.counts["added"] == len(between)
    assert (imported.counts["updated"], imported.counts["unchanged"]) == (3, 0)
    kept = store.rows("SELECT value FROM contact WHERE customer_id = 1 AND kind = 'phone' ORDER BY rank")
    assert kept == [(phone(71),), (phone(72),)]
    assert store.rows("SELECT segment, extra FROM customer WHERE id = 1") == [("bronze", '{"Shoe": "43", "Hat": "7"}')]


@pytest.mark.parametrize("apart", [False, True])
def test_the_same_row_again_changes_nothing_wherever_it_stands(store: Store, apart: bool) -> None:
    store.take([draft("Kari", "kari@x.no")])
    row = draft("Kari", "kari@x.no", phone(71), company="Fjord")
    between = people(PIECE) if apart else []
    imported = store.take([row, *between, row], later(days=1))
    assert (imported.counts["updated"], imported.counts["unchanged"]) == (1, 1)


NAMES = st.sampled_from(["Ann", "Bo", "Ann Berg"])
MAILS = st.sampled_from([None, None, "a@x.no", "b@x.no", "office@x.no"])
PHONES = st.sampled_from([None, phone(1), phone(2), phone(3)])
ROWS = st.lists(
    st.builds(
        lambda name, mail, number, external, company: draft(
            name, *(one for one in (number, mail) if one), external_id=external, company=company
        ),
        NAMES, MAILS, PHONES, st.sampled_from([None, None, "1", "2", "3"]),
        st.sampled_from([None, "Fjord", "FJORD", "Berg"]),
    ),
    min_size=2,
    max_size=7,
)  # fmt: skip


def outcome(path, known: list[CustomerInput], rows: list[CustomerInput], piece: int, monkeypatch) -> tuple:
    monkeypatch.setattr(actions, "PIECE", piece)
    store = new_store(path)
    store.take(known)
    imported = store.take(rows, later(days=1))
    check_counts(store, imported)
    assert is_sound(store)
    seen = store.rows(VISIBLE)
    standings = Counter(store_standing for (_, _, _, _, _, store_standing, *_) in seen)
    assert all(imported.standings[kind] <= standings[kind.value] for kind in imported.standings)
    store.close()
    path.unlink()
    return seen, dict(imported.counts)


@settings(max_examples=5, phases=[Phase.generate])  # shrinking would take minutes
@given(known=ROWS, rows=ROWS)
def test_the_size_of_a_piece_makes_no_difference(tmp_path_factory, known, rows) -> None:
    check_pieces(tmp_path_factory, known, rows)


@pytest.mark.slow
@settings(max_examples=40, phases=[Phase.generate])
@given(known=ROWS, rows=ROWS)
def test_the_size_of_a_piece_makes_no_difference_to_many(tmp_path_factory, known, rows) -> None:
    check_pieces(tmp_path_factory, known, rows)


def check_pieces(tmp_path_factory, known, rows) -> None:
    folder = tmp_path_factory.mktemp("pieces")
    with pytest.MonkeyPatch.context() as patch:
        whole = outcome(folder / "whole.db", known, rows, 2000, patch)
        single = outcome(folder / "single.db", known, rows, 1, patch)
    assert whole == single
