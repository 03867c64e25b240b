"""Customers, their contacts and companies: reading one, writing one, and who is neglected."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, column, delete, func, insert, or_, select, table, update
from sqlalchemy.orm import Session

from care.model.base import inline
from care.model.contact import contacts
from care.model.customer import companies, customers
from care.model.tally import tally
from care.store.rows import added
from care.text import fold
from care.words import ContactKind, Likeness, Standing, Status, Usable

PERSON = (customers.c.id, customers.c.name, companies.c.name.label("company"), customers.c.phone, customers.c.zone)
"""The columns of a ``Person``; select them from ``with_company()``."""


def with_company() -> Any:
    """Customers beside their company's name."""
    return customers.outerjoin(companies, companies.c.id == customers.c.company_id)


def customer_row(session: Session, customer_id: int) -> Any | None:
    """Everything in the customer's row and the name of the company, or None."""
    chosen = select(customers, companies.c.name.label("company")).select_from(with_company())
    return session.execute(chosen.where(customers.c.id == customer_id)).one_or_none()


def customer_of(session: Session, customer_id: int) -> Any:
    """The row of a customer that something of theirs points at."""
    chosen = select(customers, companies.c.name.label("company")).select_from(with_company())
    return session.execute(chosen.where(customers.c.id == customer_id)).one()


def people(session: Session, ids: Iterable[int]) -> dict[int, Any]:
    """The ``PERSON`` columns of these customers, by id."""
    found = session.execute(select(*PERSON).select_from(with_company()).where(customers.c.id.in_(list(ids))))
    return {row.id: row for row in found}


def with_birthdays(session: Session, months: Iterable[int]) -> Sequence[Any]:
    """The ``PERSON`` columns and the birthdays of those born in these months, but for whom we are to leave alone."""
    born = customers.c.birth_month.in_(list(months)) & customers.c.birth_day.is_not(None)
    left = customers.c.standing.in_((inline(Standing.MERGED), inline(Standing.DO_NOT_CALL)))
    chosen = select(*PERSON, customers.c.birth_day, customers.c.birth_month).select_from(with_company())
    return session.execute(chosen.where(born, ~left).order_by(customers.c.id)).all()


def ids_by_contact(session: Session, value: str) -> list[int]:
    """Customers with this e-mail address (lower case) or phone number, in order of id."""
    found = select(contacts.c.customer_id).where(contacts.c.value == value).distinct()
    return list(session.execute(found.order_by(contacts.c.customer_id)).scalars())


def contacts_of(session: Session, customer_id: int) -> Sequence[Any]:
    """A customer's contacts, the preferred first."""
    chosen = select(contacts).where(contacts.c.customer_id == customer_id)
    return session.execute(chosen.order_by(contacts.c.kind.desc(), contacts.c.rank, contacts.c.id)).all()


def company_id(session: Session, name: str | None) -> int | None:
    """The id of the company of that name, made if nobody belonged to it yet."""
    if not name:
        return None
    folded = fold(name)
    found = session.execute(select(companies.c.id).where(companies.c.folded == folded)).scalar_one_or_none()
    if found is not None:
        return int(found)
    return added(session, companies, {"name": name, "folded": folded})


def uid_taken(session: Session, uid: str) -> bool:
    """Whether someone carries this uid."""
    return session.execute(select(customers.c.id).where(customers.c.uid == uid)).first() is not None


def add_customer(session: Session, values: Mapping[str, Any]) -> int:
    """The id of the new customer."""
    return added(session, customers, values)


def change_customer(session: Session, customer_id: int, values: Mapping[str, Any]) -> None:
    """Writes these columns of one customer."""
    session.execute(update(customers).where(customers.c.id == customer_id).values(**values))


def replace_contacts(session: Session, customer_id: int, kind: ContactKind, rows: Sequence[Mapping[str, Any]]) -> None:
    """Makes these the customer's contacts of that kind, in their order."""
    session.execute(delete(contacts).where(contacts.c.customer_id == customer_id, contacts.c.kind == kind))
    if rows:
        session.execute(
            insert(contacts),
            [{**row, "customer_id": customer_id, "kind": kind, "rank": rank} for rank, row in enumerate(rows)],
        )


def mark_contact(session: Session, customer_id: int, written: str, usable: Usable) -> None:
    """Records what was learnt of a number, given as it is dialled."""
    mine = (contacts.c.customer_id == customer_id) & or_(contacts.c.value == written, contacts.c.original == written)
    session.execute(update(contacts).where(mine).values(usable=usable))


def standing_rows(session: Session, ids: Sequence[int]) -> Sequence[Any]:
    """What standing and position of these customers are worked out from, with ``phones`` as comma-joined usability."""
    usable = (
        select(func.group_concat(contacts.c.usable))
        .where(contacts.c.customer_id == customers.c.id, contacts.c.kind == ContactKind.PHONE)
        .scalar_subquery()
    )
    wanted = (
        customers.c.id, customers.c.uid, customers.c.stratum, customers.c.status, customers.c.standing,
        customers.c.cycle, customers.c.place, customers.c.planned, customers.c.dnc_reason, customers.c.merged_into,
        customers.c.paused_until, customers.c.free_on, usable.label("phones"),
    )  # fmt: skip
    return session.execute(select(*wanted).where(customers.c.id.in_(ids))).all()


def ids_due_to_wake(session: Session, today: date) -> list[int]:
    """Customers whose pause or rest has come to its end by today, through the indexes of those dates."""
    paused = select(customers.c.id).where(customers.c.paused_until <= today)
    resting = select(customers.c.id).where(customers.c.free_on <= today)
    return sorted({*session.execute(paused).scalars(), *session.execute(resting).scalars()})


def waking_counts(session: Session, today: date) -> dict[Standing, int]:
    """How many of those whose pause or rest is over stand where still, for a plan that is only looked at."""
    due = or_(customers.c.paused_until <= today, customers.c.free_on <= today)
    asleep = customers.c.standing.in_((Standing.PAUSED, Standing.RESTING))
    counted = select(customers.c.standing, func.count()).where(due, asleep).group_by(customers.c.standing)
    return {Standing(standing): int(n) for standing, n in session.execute(counted)}


def clear_past_dates(session: Session, today: date) -> None:
    """Forgets pauses and rests that are over, so that nobody is woken twice."""
    over = {"paused_until": None, "pause_reason": None}
    session.execute(update(customers).where(customers.c.paused_until <= today).values(**over))
    session.execute(update(customers).where(customers.c.free_on <= today).values(free_on=None))


def standings(session: Session) -> dict[Standing, int]:
    """How many customers there are of each standing, from the counters."""
    counted = select(tally.c.standing, func.sum(tally.c.n)).group_by(tally.c.standing)
    return {Standing(standing): int(n) for standing, n in session.execute(counted)}


def heard_counts(session: Session) -> list[tuple[Standing, bool, int]]:
    """How many customers of each standing were ever heard and how many never, from the counters."""
    counted = select(tally.c.standing, tally.c.heard, func.sum(tally.c.n)).group_by(tally.c.standing, tally.c.heard)
    return [(Standing(standing), bool(heard), int(n)) for standing, heard, n in session.execute(counted)]


LISTED = (
    customers.c.id, customers.c.name, companies.c.name.label("company"), customers.c.email, customers.c.phone,
    customers.c.segment, customers.c.status, customers.c.last_heard_at, customers.c.standing,
)  # fmt: skip


def listed() -> Select[Any]:
    """The ``LISTED`` columns of every customer."""
    return select(*LISTED).select_from(with_company())


def count_doubles(session: Session) -> int:
    """How many pairs of customers may be one person: counted without their own table's module, for every plan asks."""
    pairs = table("duplicate", column("state"))
    return int(session.execute(select(func.count()).where(pairs.c.state == inline(Likeness.OPEN))).scalar_one())


def only_sold_to(session: Session, limit: int) -> Sequence[Any]:
    """Callable customers never heard who were sold to most, and given nothing."""
    sold = (customers.c.takes > 0) & (customers.c.gives == 0) & customers.c.last_heard_at.is_(None)
    chosen = listed().where(sold, customers.c.standing == Standing.CALLABLE)
    return session.execute(chosen.order_by(customers.c.takes.desc(), customers.c.id).limit(limit)).all()


def gone_silent(session: Session, heard_before: datetime, limit: int) -> tuple[Sequence[Any], int]:
    """Customers last heard before that instant whom we still serve, the longest silence first, and their number."""
    out = (Standing.MERGED, Standing.DO_NOT_CALL, Standing.PROSPECT, Standing.ACTIVE, Standing.FORMER)
    silent = (customers.c.last_heard_at < heard_before) & customers.c.standing.not_in(out)
    total = int(session.execute(select(func.count()).select_from(customers).where(silent)).scalar_one())
    chosen = listed().where(silent).order_by(customers.c.last_heard_at.asc().nulls_first())
    return session.execute(chosen.limit(limit)).all(), total


def ids_of_statuses(session: Session, statuses: Sequence[Status]) -> list[int]:
    """Every customer of these statuses; it walks the table, as a change of policy has to."""
    return list(session.execute(select(customers.c.id).where(customers.c.status.in_(statuses))).scalars())
