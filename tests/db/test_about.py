"""What is moved and erased with a customer: no table about them is left out."""

from care.db import schema
from care.db.tables.columns import METADATA
from care.person.erase import EVENTS, WORDS


def test_every_table_about_a_person_is_moved_and_erased() -> None:
    schema.all_tables()  # every table is known now
    about = {name for name, table in METADATA.tables.items() if "customer_id" in table.c}
    # Notes follow what they repeat, by triggers.
    by_their_own_rule = {"journal", "ledger", "draw_entry", "stratum_before", "note"}
    assert {table.name for table in (*WORDS, *EVENTS)} == about - by_their_own_rule
