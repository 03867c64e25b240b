"""Whom a row of a file means: each thing it says, in the order in which it counts."""

import pytest

from care.customers.customer_input import CustomerInput
from stores import Store, draft, later, phone

ANN, BO, CY, DEE, NOBODY_YET = 1, 2, 3, 4, 5


def known() -> list[CustomerInput]:
    return [
        draft("Ann", "ann@x.no", phone(1), external_id="1"),
        draft("Bo", "bo@x.no", phone(2), external_id="2"),
        draft("Cy", phone(3), numbers=(("shop", "7"),)),
        draft("Dee", company="Acme"),
    ]


@pytest.mark.parametrize(
    ("row", "who"),
    [
        pytest.param(draft("Ann", "bo@x.no", external_id="1"), ANN, id="id before e-mail"),
        pytest.param(draft("Ann", phone(2), external_id="1"), ANN, id="id before phone"),
        pytest.param(
            draft("Cy", "ann@x.no", external_id="1", numbers=(("shop", "7"),)), ANN, id="id before other number"
        ),
        pytest.param(draft("Cy", "bo@x.no", numbers=(("shop", "7"),)), CY, id="other number before e-mail"),
        pytest.param(draft("Cy", phone(2), numbers=(("shop", "7"),)), CY, id="other number before phone"),
        pytest.param(draft("Zed", "bo@x.no", phone(3)), BO, id="e-mail before phone"),
        pytest.param(draft("Zed", phone(1), "bo@x.no"), BO, id="e-mail before phone, whichever is named first"),
        pytest.param(draft("Ann", "bo@x.no"), BO, id="e-mail before a name elsewhere"),
        pytest.param(draft("Cy", "bo@x.no", phone(3)), CY, id="of those who share something, the name decides"),
        pytest.param(draft("Zed", "ann@x.no"), ANN, id="e-mail"),
        pytest.param(draft("Zed", phone(3)), CY, id="phone"),
        pytest.param(draft("Dee", company="Acme"), DEE, id="name and company"),
        pytest.param(draft("Dee", company="Other"), NOBODY_YET, id="name alone"),
        pytest.param(draft("Dee", "dee@x.no", company="Acme"), NOBODY_YET, id="a name does not count beside an e-mail"),
        pytest.param(draft("Zed", "zed@x.no", phone(9)), NOBODY_YET, id="nothing in common"),
    ],
)
def test_whom_a_row_means(store: Store, row: CustomerInput, who: int) -> None:
    store.take(known())
    store.take([row._replace(segment="This row")], later(days=1))
    assert store.rows("SELECT id FROM customer WHERE segment = 'This row'") == [(who,)]


def test_an_id_that_names_somebody_else_is_refused(store: Store) -> None:
    store.take(known())
    imported = store.take([draft("Zed", "zed@x.no", external_id="1", line=2)], later(days=1))
    assert [one.reason for one in imported.rejections] == ["id 1 is somebody else's: customer 1, of another name"]


def test_who_has_an_id_in_the_file_is_not_met_under_another_one(store: Store) -> None:
    store.take(known())
    store.take([draft("Ann", "ann@x.no", external_id="9", segment="This row")], later(days=1))
    assert store.rows("SELECT id FROM customer WHERE segment = 'This row'") == [(NOBODY_YET,)]


def test_of_two_with_one_address_none_is_guessed(store: Store) -> None:
    store.take([draft("Ann", "office@x.no"), draft("Bo", "office@x.no")])
    store.take([draft("Zed", "office@x.no", segment="This row")], later(days=1))
    assert store.rows("SELECT id FROM customer WHERE segment = 'This row'") == [(3,)]
