"""What is moved and erased with a customer: no table about them is left out."""

from care.db.erase import tables_about_customers
from care.db.schema import all_tables
from care.person.erase import EVENTS, WORDS


def test_every_table_about_a_person_is_moved_and_erased() -> None:
    about = {table.name for table in all_tables() if "customer_id" in table.c}
    # Notes follow what they repeat, by triggers; the others outlive the customer.
    by_their_own_rule = {"journal", "ledger", "draw_entry", "stratum_before", "note"}
    assert {table.name for table in tables_about_customers()} == about - by_their_own_rule
    assert {*WORDS, *EVENTS} == {*tables_about_customers()}


def test_rows_go_before_those_they_refer_to() -> None:
    order = [table.name for table in tables_about_customers()]
    assert order.index("passage") < order.index("transcript") < order.index("call")
