"""Somebody nobody knew before: added by their name, where the talk with them is logged."""

from care.cli.run import Run
from care.customers.errors import NoSuchCustomer
from care.customers.names import could_be_name
from care.errors import WrongUsage
from care.text import tidy


def person_or_newcomer(run: Run, who: str, *, new: bool) -> int | str:
    """The customer meant, or the name of somebody new: ``--new`` says so, and on a terminal a person is asked.

    Raises what looking for a customer raises, and WrongUsage for a newcomer who is there already.
    """
    from care.cli.input.refs import person_said

    if new:
        return _new_name(run, who)
    try:
        return person_said(run, who)
    except NoSuchCustomer:
        if not run.is_terminal or not could_be_name(who):
            raise
        from care.cli.input.asking import agrees

        if not agrees(f"Nobody is called “{tidy(who)}”. Add them?", default=False):
            raise
        return tidy(who)


def _new_name(run: Run, who: str) -> str:
    from care.customers.add import check_is_new

    if not could_be_name(who):
        raise WrongUsage(f"“{who}” is no name. With --new, WHO is the name of whom you talked with.")
    with run.reading() as session:
        check_is_new(session, who)
    return tidy(who)


def joined(run: Run, person: int | str) -> int:
    """The id of the customer; somebody new is added at once, for their notes need somebody to be about."""
    if isinstance(person, int):
        return person
    from care.customers.add import add_newcomer

    with run.changing() as session:
        return add_newcomer(session, person, run.now)
