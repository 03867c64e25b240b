"""Issues beside those who raised them, one row a raiser."""

from typing import Any

from sqlalchemy import ColumnElement, Select, func, select

from care.db.tables.call import calls
from care.db.tables.customer import companies, customers
from care.db.tables.issue import issues, raisers

WAITS = raisers.c.told_at.is_(None)


WORD_AT = func.coalesce(raisers.c.informed_at, raisers.c.raised_at)
"""When a raiser last heard of it from us, or told us."""


BY_WHOM = func.coalesce(issues.c.owner, calls.c.caller)
"""Who of us owes it: the owner, else whoever heard the customer say it."""


def raised(*conditions: ColumnElement[bool]) -> Select[Any]:
    """The raisers for whom the conditions hold, each beside the issue, the customer and who of us owes it."""
    beside = issues.join(raisers, raisers.c.issue_id == issues.c.id)
    # An outer join, though every raiser is a customer: else SQLite may begin with all customers.
    beside = beside.outerjoin(customers, customers.c.id == raisers.c.customer_id)
    beside = beside.outerjoin(companies, companies.c.id == customers.c.company_id)
    beside = beside.outerjoin(calls, calls.c.id == raisers.c.call_id)
    chosen = select(
        issues.c.id, issues.c.title, issues.c.state, issues.c.kind, issues.c.settled_at, raisers.c.raised_at,
        WORD_AT.label("word_at"), raisers.c.customer_id, customers.c.name, companies.c.name.label("company"),
        customers.c.phone, customers.c.zone, BY_WHOM.label("owner"),
    )  # fmt: skip
    return chosen.select_from(beside).where(*conditions)
