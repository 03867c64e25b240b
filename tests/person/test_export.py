"""Customers out of the store: piece by piece, whole, and once each."""

import pytest

from care.person import export as actions
from care.person.export import ExportShape, export_shape, exported_customers
from care.person.export_everything import held_customers
from care.words import Usable
from stores import Store, contact, draft, made_once, people


@made_once
def merged(store: Store) -> Store:
    """Five customers, of whom the third was merged into the first."""
    store.take(people(3))
    unchecked = contact("12345", Usable.UNCHECKED, "1 23 45")
    more = [
        draft("Mia", "m@x.no", unchecked, "+4740000009", extra={"b": "1", "a": "2"}),
        draft("Bo", "b@x.no", "bo@x.no", extra={"c": "3", "a": "4"}),
    ]
    store.take(more, source="columns")
    with store.bare() as connection:
        connection.execute(
            "UPDATE customer SET merged_into = 1, standing = 'merged', extra = '{\"z\": 1}' WHERE id = 3"
        )
    return store


def test_customers_come_once_each_whatever_the_piece(merged: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    for size in (1, 2, 4, 5):
        monkeypatch.setattr(actions, "PIECE", size)
        with merged.reading() as session:
            found = list(exported_customers(session))
        assert [(one.id, one.name) for one in found] == [
            (1, "Person 0001"), (2, "Person 0002"), (4, "Mia"), (5, "Bo")
        ]  # fmt: skip
        assert [[one.value for one in each.contacts] for each in found] == [
            ["+4740000001"], ["+4740000002"], ["12345", "+4740000009", "m@x.no"], ["b@x.no", "bo@x.no"]
        ]  # fmt: skip
        assert [each.numbers for each in found] == [(("crm", "E1"),), (("crm", "E2"),), (), ()]
        uids = merged.rows("SELECT uid FROM customer WHERE id <> 3 ORDER BY id")
        assert [each.uid for each in found] == [uid for (uid,) in uids]


def test_the_columns_are_those_that_are_needed(merged: Store) -> None:
    with merged.reading() as session:
        assert export_shape(session) == ExportShape(2, 2, ("crm",), ("b", "a", "c"))
        assert export_shape(session, 5) == ExportShape(0, 2, (), ("c", "a"))
        assert [one.name for one in exported_customers(session, 5)] == ["Bo"]
        assert list(exported_customers(session, 3)) == []


def test_who_was_merged_into_a_customer_belongs_to_what_is_held_on_them(merged: Store) -> None:
    with merged.reading() as session:
        assert [(one.id, one.merged_into) for one in held_customers(session, 1)] == [(1, None), (3, 1)]
        everyone = list(held_customers(session))
    assert [one.id for one in everyone] == [1, 2, 3, 4, 5]
    assert [number.external_id for number in everyone[2].numbers] == ["E3"]
    assert everyone[3].origin is not None
    assert (everyone[3].origin.id, everyone[3].origin.file) == (2, "people.csv")
