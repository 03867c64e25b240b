"""``care owed``: everything we owe customers."""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

from care.cli.group import group
from care.cli.options import Limit, Reason
from care.cli.run import Run, bare, command
from care.errors import WrongUsage

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from care.owed.records import PromiseRecord
    from care.touches.records import FollowUpRecord


app = group("Everything we owe customers, the most overdue first.")

PAGE = 20

_Ref = Annotated[str, typer.Argument(metavar="REF", help="What is owed: p3, n12, or i7:WHO for where i7 stands.")]

_When = Annotated[str, typer.Argument(metavar="WHEN", help="The new day.")]

_Told = Annotated[bool, typer.Option("--told", help="The customer knows that it is moved.")]

_WORD = re.compile(r"i([0-9]{1,15})\s*:\s*(.+)", re.IGNORECASE)


@bare(app)
def owed(
    run: Run, mine: Annotated[bool, typer.Option("--mine", help="Only what I owe.")] = False, limit: Limit = None
) -> None:
    """Lists everything we owe customers, the most overdue first."""
    from care.owed.owed import owed as read_owed
    from care.views.owed import next_step, show_owed

    most = limit or (PAGE if run.screen.is_terminal and not run.json else None)
    with run.reading() as session:
        me = run.caller_in(session) if mine else None
        whole = read_owed(session, run.now, caller=me, limit=most)
    run.show(whole, show_owed)
    if whole.owed:
        run.hint(f"Next: {next_step(whole.owed[0])}")


@command(app)
def done(run: Run, ref: _Ref) -> None:
    """Marks it as done: a promise kept, or a word given on where an issue stands. Issues: care issues tell."""
    from care.owed.promises import keep_promise
    from care.touches.follow_ups import finish_follow_up

    word = _WORD.fullmatch(ref.strip())
    if word is not None:
        _word(run, int(word[1]), word[2])
        return
    letter, number = _reference(ref)
    with run.changing() as session:
        record: PromiseRecord | FollowUpRecord = (keep_promise if letter == "p" else finish_follow_up)(
            session, number, run.now
        )
    _shown(run, record)


@command(app)
def move(run: Run, ref: _Ref, when: _When, told: _Told = False) -> None:
    """Moves it to another day. A promise is moved once the customer knows; the first day it had is remembered."""
    from care.cli.input.refs import moment
    from care.owed.promises import move_promise, promise
    from care.touches.follow_ups import move_follow_up

    letter, number = _reference(ref)
    if letter == "p" and not told:
        with run.reading() as session:
            known = promise(session, number, run.now)
        _must_know(run, known, when)
    with run.reading() as session:
        day, _ = moment(run, session, when)

    step: Callable[..., PromiseRecord | FollowUpRecord] = move_promise if letter == "p" else move_follow_up
    with run.changing() as session:
        record = step(session, number, day, run.now)
    _shown(run, record)


@command(app)
def drop(run: Run, ref: _Ref, reason: Reason) -> None:
    """Gives it up, and says why."""
    from care.owed.promises import drop_promise
    from care.touches.follow_ups import drop_follow_up

    if not reason.strip():
        raise WrongUsage("the reason is empty. Say why with --reason.")
    letter, number = _reference(ref)
    step: Callable[..., PromiseRecord | FollowUpRecord] = drop_promise if letter == "p" else drop_follow_up
    with run.changing() as session:
        record = step(session, number, reason.strip(), run.now)
    _shown(run, record)


def _reference(said: str) -> tuple[str, int]:
    """The letter and the number of a promise or another thing owed. Raises WrongUsage, also for an issue."""
    from care.cli.input.refs import reference

    issue = said.strip().partition(":")[0]
    letter, number = reference(issue, "pni")
    if letter == "i":
        raise WrongUsage(
            f"i{number} is told customer by customer: care issues tell i{number} WHO --reaction TEXT. "
            f"Where it stands: care owed done i{number}:WHO."
        )
    return letter, number


def _must_know(run: Run, promise: "PromiseRecord", when: str) -> None:
    """Goes on where the customer knows that the promise is moved. Raises WrongUsage, or stops the run."""
    name = promise.customer.name
    again = f'care owed move p{promise.id} "{when}" --told'
    if not run.is_terminal:
        raise WrongUsage(f"{name} has to know that p{promise.id} is moved. Tell them, then: {again}.")
    from care.cli.input.asking import agrees
    from care.cli.input.keys import forget_typed_ahead

    forget_typed_ahead()
    if not agrees(f"Does {name} know that it is moved?", default=False):
        raise WrongUsage(f"p{promise.id} stays as it is. Tell {name} first, then: {again}.")


def _word(run: Run, issue_id: int, who: str) -> None:
    from care.cli.issue_answers import raiser_said, steps
    from care.customers.find import person_with
    from care.issues.listing import issue
    from care.issues.telling import tell_where_it_stands

    with run.reading() as session:
        record = issue(session, issue_id, run.now)
    person = raiser_said(run, record, who)

    def step(session: "Session") -> int:
        tell_where_it_stands(session, issue_id, person, person_with(session, person).name, run.now)
        return issue_id

    steps(run, step)


def _shown(run: Run, record: "PromiseRecord | FollowUpRecord") -> None:
    from care.views.owed import show_done

    run.show(record, show_done)
    run.hint("Next: care owed")
