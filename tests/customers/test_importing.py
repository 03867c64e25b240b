"""Bringing customers in: read = added + updated + unchanged + rejected, nobody twice, nobody lost, nothing lifted."""

from collections.abc import Iterator
from datetime import date, timedelta
from hashlib import blake2b

import pytest

from care.customers.customer_input import CustomerInput, Rejection
from care.customers.imports.take import Imported
from care.person.leave import bring_back, pause_customer, say_goodbye, stop_calling
from care.words import Eligibility, Status, Usable
from stores import KEY, MONDAY, Store, contact, draft, later, people, phone


def add_up(imported: Imported) -> bool:
    """Whether every row read was counted once."""
    counts = imported.counts
    return counts["read"] == sum(counts[one] for one in ("added", "updated", "unchanged", "rejected"))


def counted(imported: Imported) -> tuple[int, int, int, int, int]:
    assert add_up(imported)
    counts = imported.counts
    return counts["read"], counts["added"], counts["updated"], counts["unchanged"], counts["rejected"]


def names(store: Store) -> list[str]:
    return [name for (name,) in store.rows("SELECT name FROM customer ORDER BY id")]


def numbers(store: Store, customer: int = 1) -> list[str]:
    query = "SELECT value FROM contact WHERE customer_id = ? AND kind = 'phone' ORDER BY rank, id"
    return [value for (value,) in store.rows(query, customer)]


def test_a_new_customer_has_every_column_their_row_says(store: Store) -> None:
    store.take(
        [
            draft(
                "Kári Nordmann", contact("+4740000001"), contact("40 12", Usable.UNCHECKED, "40-12"), "kari@x.no",
                company="Fjord AS", external_id="7", segment="gold", status=Status.PROSPECT, country="NO",
                zone="Europe/Oslo", birth_day=29, birth_month=2, joined_on=date(2020, 5, 17), extra={"Shoe": "43"},
            )
        ]
    )  # fmt: skip
    columns = (
        "name, folded, email, phone, segment, stratum, status, standing, country, zone, birth_day, birth_month, "
        "birth_year, joined_on, cycle, planned, gives, takes, added_in, extra, uid"
    )
    [row] = store.rows(f"SELECT {columns} FROM customer")
    assert row == (
        "Kári Nordmann", "kari nordmann fjord as", "kari@x.no", "+4740000001", "gold", "", "prospect", "prospect",
        "NO", "Europe/Oslo", 29, 2, None, "2020-05-17", 1, 0, 0, 0, 1, '{"Shoe": "43"}',
        blake2b(b"uidid:7", key=KEY, digest_size=16).hexdigest(),
    )  # fmt: skip
    assert store.rows("SELECT name, folded FROM company") == [("Fjord AS", "fjord as")]
    assert store.rows("SELECT source, external_id, customer_id FROM source_id") == [("crm", "7", 1)]
    assert store.rows("SELECT kind, value, original, usable, rank FROM contact ORDER BY id") == [
        ("phone", "+4740000001", "+4740000001", "yes", 0),
        ("phone", "40 12", "40-12", "unchecked", 1),
        ("email", "kari@x.no", "kari@x.no", "yes", 0),
    ]


def test_the_same_file_twice_adds_and_changes_nothing(store: Store) -> None:
    file = [*people(30), draft("Nobody's Number"), draft("By Mail", "m@x.no"), Rejection(33, "no name")]
    assert counted(store.take(file)) == (33, 32, 0, 0, 1)
    before = store.rows("SELECT * FROM customer"), store.rows("SELECT * FROM contact")
    written = store.one("SELECT count(*) FROM journal"), store.one("SELECT count(*) FROM ledger")
    assert counted(store.take(file, later(days=1))) == (33, 0, 0, 32, 1)
    assert (store.rows("SELECT * FROM customer"), store.rows("SELECT * FROM contact")) == before
    assert (store.one("SELECT count(*) FROM journal"), store.one("SELECT count(*) FROM ledger")) == written


def test_importing_again_in_another_order_does_not_reshuffle(store: Store, tmp_path) -> None:
    from stores import new_store

    other = new_store(tmp_path / "other.db")
    store.take(people(40))
    other.take(reversed(people(40)))
    placed = "SELECT uid, cycle, place FROM customer ORDER BY uid"
    assert store.rows(placed) == other.rows(placed)
    store.take(reversed(people(40)), later(days=1))
    assert store.rows(placed) == other.rows(placed)
    assert [c.customer.name for c in store.plan().calls] == [c.customer.name for c in other.plan().calls]
    other.close()


def test_what_a_row_leaves_out_stays(store: Store) -> None:
    full = draft("Kari", phone(1), "kari@x.no", external_id="7", company="Fjord", segment="gold", country="NO",
                 birth_day=1, birth_month=2, birth_year=1980, extra={"Shoe": "43", "Hat": "7"})  # fmt: skip
    store.take([full])
    bare = draft("Kari", external_id="7", extra={"Shoe": "44"})
    assert counted(store.take([bare], later(days=1))) == (1, 0, 1, 0, 0)
    [row] = store.rows("SELECT phone, email, segment, country, birth_year, extra, folded FROM customer")
    assert row == (phone(1), "kari@x.no", "gold", "NO", 1980, '{"Shoe": "44", "Hat": "7"}', "kari fjord")
    assert store.one("SELECT count(*) FROM contact") == 2


def test_an_update_changes_what_is_said_and_the_order_of_numbers(store: Store) -> None:
    store.take([draft("Kari", phone(1), phone(2), "kari@x.no", company="Fjord")])
    row = draft("Kari", phone(3), phone(2), "kari@x.no", company="Berg", segment="silver")
    assert counted(store.take([row], later(days=1))) == (1, 0, 1, 0, 0)
    assert numbers(store) == [phone(3), phone(2), phone(1)]  # the file's first, none lost
    assert store.rows("SELECT phone, segment, folded FROM customer") == [(phone(3), "silver", "kari berg")]
    assert counted(store.take([row], later(days=2))) == (1, 0, 0, 1, 0)


def test_two_people_of_one_office_are_two(store: Store) -> None:
    office = [
        draft("Ann", phone(1), "office@x.no"),
        draft("Bo", phone(1), "office@x.no"),
        draft("Cy", phone(1)),
        draft("Di", "office@x.no"),
    ]
    assert counted(store.take(office)) == (4, 4, 0, 0, 0)
    assert names(store) == ["Ann", "Bo", "Cy", "Di"]
    assert store.one("SELECT count(DISTINCT uid) FROM customer") == 4
    for day, file in enumerate((office, office[::-1], office[1:3]), 1):
        assert counted(store.take(file, later(days=day))) == (len(file), 0, 0, len(file), 0)
    assert names(store) == ["Ann", "Bo", "Cy", "Di"]


def test_colliding_identities_get_a_running_number(store: Store) -> None:
    store.take([draft(name, "office@x.no") for name in ("Ann", "Bo", "Cy")])
    expected = [
        blake2b(b"uidemail:office@x.no" + more, key=KEY, digest_size=16).hexdigest() for more in (b"", b"#2", b"#3")
    ]
    assert [uid for (uid,) in store.rows("SELECT uid FROM customer ORDER BY id")] == expected
    assert counted(store.take([draft("Di", "office@x.no")], later(days=1))) == (1, 1, 0, 0, 0)
    assert (
        store.one("SELECT uid FROM customer WHERE name = 'Di'")
        == blake2b(b"uidemail:office@x.no#4", key=KEY, digest_size=16).hexdigest()
    )


def test_a_renamed_customer_is_the_same_by_id_mail_or_number(store: Store) -> None:
    store.take(
        [
            draft(
                "Ann",
                external_id="1",
            ),
            draft("Bo", "bo@x.no"),
            draft("Cy", phone(3)),
        ]
    )
    uids = store.rows("SELECT uid FROM customer")
    renamed = [draft("Ann Berg", external_id="1"), draft("Bo Berg", "bo@x.no"), draft("Cy Berg", phone(3))]
    assert counted(store.take(renamed, later(days=1))) == (3, 0, 3, 0, 0)
    assert names(store) == ["Ann Berg", "Bo Berg", "Cy Berg"]
    assert store.rows("SELECT uid FROM customer") == uids


def test_an_id_of_another_source_is_another_id(store: Store) -> None:
    store.take([draft("Ann", "ann@x.no", external_id="1")], source="crm")
    assert counted(store.take([draft("Bo", "bo@x.no", external_id="1")], later(days=1), source="shop")) == (
        1,
        1,
        0,
        0,
        0,
    )
    assert counted(store.take([draft("Ann", "ann@x.no", external_id="9")], later(days=2), source="shop")) == (
        1,
        0,
        1,
        0,
        0,
    )
    assert store.rows("SELECT source, external_id, customer_id FROM source_id ORDER BY id") == [
        ("crm", "1", 1), ("shop", "1", 2), ("shop", "9", 1),
    ]  # fmt: skip
    assert store.one("SELECT count(DISTINCT uid) FROM customer") == 2


def test_an_id_that_is_someone_elses_is_refused_by_its_line(store: Store) -> None:
    store.take([draft("Ann", "ann@x.no", external_id="1")])
    imported = store.take([draft("Zoe", "zoe@x.no", external_id="1", line=2)], later(days=1))
    assert counted(imported) == (1, 0, 0, 0, 1)
    assert (imported.rejections[0].line, "1" in imported.rejections[0].reason) == (2, True)
    assert names(store) == ["Ann"]


def test_two_with_numbers_of_their_own_in_a_system_are_two(store: Store) -> None:
    twins = [draft("Jan Berg", "home@x.no", external_id="1"), draft("Jan Berg", "home@x.no", external_id="2")]
    assert counted(store.take(twins)) == (2, 2, 0, 0, 0)
    assert counted(store.take(twins, later(days=1))) == (2, 0, 0, 2, 0)


def test_an_error_in_the_middle_of_the_file_leaves_nothing(store: Store) -> None:
    store.take(people(3))
    before = store.dump()

    def torn() -> Iterator[CustomerInput]:
        yield from (one._replace(name="Changed") for one in people(3))
        yield from people(2500, first=10)
        raise OSError("the stick was pulled out")

    with pytest.raises(OSError, match="pulled out"):
        store.take(torn(), later(days=1))
    assert store.dump() == before


def test_an_import_lifts_no_do_not_call_no_pause_and_no_goodbye(store: Store) -> None:
    store.take(people(4))
    with store.changing(later(days=1)) as session:
        stop_calling(session, 1, "asked us not to", later(days=1))
        pause_customer(session, 2, date(2027, 6, 1), "on leave", later(days=1))
        say_goodbye(session, 3, "moved away", later(days=1))
    kept = "SELECT standing, status, dnc_reason, paused_until, left_reason FROM customer ORDER BY id"
    before = store.rows(kept)
    assert [row[0] for row in before] == ["do_not_call", "paused", "former", "callable"]
    again = [one._replace(status=Status.ACTIVE, segment="new", contacts=(contact(phone(50 + n)),))
             for n, one in enumerate(people(4))]  # fmt: skip
    imported = store.take(again, later(days=2))
    assert counted(imported) == (4, 0, 4, 0, 0)
    assert store.rows(kept) == before
    assert imported.standings == {
        Eligibility.DO_NOT_CALL: 1, Eligibility.PAUSED: 1, Eligibility.FORMER: 1, Eligibility.CALLABLE: 1,
    }  # fmt: skip
    with store.changing(later(days=3)) as session:
        assert bring_back(session, 3, later(days=3)) == ("goodbye",)
    assert store.one("SELECT standing FROM customer WHERE id = 3") == "callable"


def test_a_number_learnt_to_be_wrong_stays_wrong(store: Store) -> None:
    store.take([draft("Kari", phone(1), phone(2), external_id="7")])
    with store.bare() as connection:
        connection.execute("UPDATE contact SET usable = 'no' WHERE value = ?", (phone(1),))
        connection.execute("UPDATE customer SET phone = ?", (phone(2),))
    assert counted(store.take([draft("Kari", phone(1), phone(2), external_id="7")], later(days=1))) == (1, 0, 0, 1, 0)
    store.take([draft("Kari", phone(1), phone(3), external_id="7")], later(days=2))
    assert store.rows("SELECT value, usable FROM contact ORDER BY rank") == [
        (phone(1), "no"), (phone(3), "yes"), (phone(2), "yes"),
    ]  # fmt: skip
    assert store.one("SELECT phone FROM customer") == phone(3)


def test_a_customer_of_whom_only_the_name_is_known_is_met_again_by_it(store: Store) -> None:
    assert counted(store.take([draft("Kari", company="Fjord"), draft("Kari", company="Berg")])) == (2, 2, 0, 0, 0)
    assert counted(store.take([draft("KARI", company="fjord")], later(days=1)))[1] == 0


def test_a_number_that_comes_later_brings_a_customer_into_the_order_behind_the_pointer(store: Store) -> None:
    store.take([*people(20), *(draft(f"Quiet {n}", external_id=f"Q{n}") for n in range(20))])
    assert store.one("SELECT count(*) FROM customer WHERE standing = 'no_phone'") == 20
    for week in range(5):
        from stores import WEEK

        store.plan(WEEK.plus(week), later(days=7 * week))
    [pointer] = store.rows("SELECT cycle, place FROM pointer")
    store.take((draft(f"Quiet {n}", phone(500 + n), external_id=f"Q{n}") for n in range(20)), later(days=30))
    entered = store.rows("SELECT cycle, place FROM customer WHERE name LIKE 'Quiet%' AND standing = 'callable'")
    assert len(entered) == 20
    assert all(position > pointer for position in entered)


def test_the_ledger_says_how_many_joined_and_which(store: Store) -> None:
    import json

    store.take(people(7))
    kind, facts = store.rows("SELECT kind, facts FROM ledger ORDER BY id DESC LIMIT 1")[0]
    said = json.loads(facts)
    # The digest: the sum of a BLAKE2b of uid, cycle, place and standing of each, modulo 2**256.
    total = sum(
        int.from_bytes(blake2b(f"{uid}\0{cycle}\0{place}\0{standing}".encode(), digest_size=32).digest(), "big")
        for uid, cycle, place, standing in store.rows("SELECT uid, cycle, place, standing FROM customer")
    )
    assert (kind, said["count"], said["batch"]) == ("joined", 7, 1)
    assert said["digest"] == f"{total % 2**256:064x}"


def test_the_batch_says_what_it_came_to(store: Store) -> None:
    store.take([*people(4), Rejection(9, "no name")])
    assert store.rows("SELECT id, file, layout, read, added, updated, unchanged, rejected FROM batch") == [
        (1, "people.csv", "plain", 5, 4, 0, 0, 1)
    ]
    assert store.one("SELECT count(*) FROM customer WHERE added_in = 1") == 4
    assert MONDAY + timedelta() == MONDAY


def test_an_empty_file_is_taken_too(store: Store) -> None:
    assert counted(store.take([])) == (0, 0, 0, 0, 0)
