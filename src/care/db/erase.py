"""What a store holds about one customer, and erasing it where rows stay: in the ledger, the draws and the journal."""

from collections.abc import Collection, Iterable, Mapping

from sqlalchemy import Table, update
from sqlalchemy.orm import Session

from care.db.journal import ERASED
from care.db.schema import all_tables
from care.db.tables.customer import customers
from care.db.tables.journal import journal
from care.db.triggers import DERIVED, SEALED


def tables_about_customers() -> list[Table]:
    """Tables whose rows are each about one customer, ``customer_id``; those that others refer to come last.

    Worked out from the foreign keys, so that no new table is left out. What follows other rows by triggers is not
    among them, nor is what outlives a customer: the sealed rows and the journal.
    """
    tables = [table for table in reversed(all_tables()) if table.name not in DERIVED and "customer_id" in table.c]
    return [table for table in tables if any(key.column.table is customers for key in table.c.customer_id.foreign_keys)]


def erase_sealed(session: Session, ids: Collection[int]) -> None:
    """Takes customers out of the rows that only grow: what names them goes, and the row stays."""
    for table in all_tables():
        if erasable := SEALED.get(table.name):
            blank = dict.fromkeys(erasable)
            session.execute(update(table).where(table.c.customer_id.in_(ids)).values(**blank))


def erase_images(session: Session, ids: Collection[int], gone: Mapping[str, Iterable[int]]) -> None:
    """Empties every row image about customers, and those of the rows ``gone``, whose ids are given by table.

    That there was an image stays, so that no change of which a part is missing is ever taken back.
    """
    of_rows = [(journal.c.noun == noun) & journal.c.row_id.in_(list(map(str, rows))) for noun, rows in gone.items()]
    for condition in (journal.c.customer_id.in_(ids), *of_rows):
        session.execute(update(journal).where(condition).values(old=None, act=ERASED, customer_id=None))
