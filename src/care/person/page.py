"""The page of one customer: the card, what happened, and what was changed on them."""

from datetime import datetime

from sqlalchemy.orm import Session

from care.customers.edit import card
from care.customers.records import CustomerCard
from care.interviews.timeline import timeline
from care.interviews.versions import changes_of


def customer_page(
    session: Session, customer_id: int, now: datetime, *, history: bool = False, limit: int | None = None
) -> CustomerCard:
    """All that is known of a customer and the latest ``limit`` moments, all of them where None.

    ``history`` adds how talks were on record before they were put right, and the latest ``limit`` changes.
    """
    moments = timeline(session, customer_id, earlier=history)[:limit]
    changes = changes_of(session, customer_id)[:limit] if history else ()
    return card(session, customer_id, now)._replace(timeline=moments, changes=changes)
