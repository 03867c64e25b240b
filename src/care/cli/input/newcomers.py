"""Somebody nobody knew before: added by their name, where the talk with them is logged."""

from typing import TYPE_CHECKING

from care.cli.run import Run
from care.customers.errors import NoSuchCustomer
from care.errors import WrongUsage
from care.text import fold, tidy

if TYPE_CHECKING:
    from care.cli.run import Session as Session


def person_or_newcomer(run: Run, who: str, *, new: bool) -> int | str:
    """The customer meant, or the name of somebody new: ``--new`` says so, and on a terminal a person is asked.

    Raises what looking for a customer raises, and WrongUsage for a newcomer who is there already.
    """
    from care.cli.input.refs import person_said

    if new:
        _must_be_new(run, who)
        return tidy(who)
    try:
        return person_said(run, who)
    except NoSuchCustomer:
        if not run.is_terminal or not _is_name(who):
            raise
        from care.cli.input.asking import agrees

        if not agrees(f"Nobody is called “{tidy(who)}”. Add them?", default=False):
            raise
        return tidy(who)


def _must_be_new(run: Run, who: str) -> None:
    from care.customers.find import find_customer
    from care.errors import NotFound

    if not _is_name(who):
        raise WrongUsage(f"“{who}” is no name. With --new, WHO is the name of whom you talked with.")
    with run.reading() as session:
        try:
            known = find_customer(session, who)
        except NotFound:
            return
    if fold(known.name) == fold(who):
        raise WrongUsage(f"{known.name} is customer {known.id} already. Leave --new out, or say more of the name.")


def _is_name(who: str) -> bool:
    return any(letter.isalpha() for letter in who) and "@" not in who


def add_newcomer(run: Run, session: "Session", name: str) -> int:
    """The id of the customer who was just added by that name."""
    from care.customers.add import add_customer
    from care.customers.customer_input import CustomerDraft
    from care.customers.duplicates import look_at
    from care.customers.forgotten import welcome_back

    draft = CustomerDraft(0, name, country=run.policy(session).country)
    person = add_customer(session, draft, run.now)
    welcome_back(session, draft)
    look_at(session, person.id, run.now)
    return person.id


def joined(run: Run, person: int | str) -> int:
    """The id of the customer; somebody new is added at once, for their notes need somebody to be about."""
    if isinstance(person, int):
        return person
    with run.changing() as session:
        return add_newcomer(run, session, person)
