"""``care issues``: what customers raised, until each of them has been told."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

from care.cli.group import group
from care.cli.options import By, IssueRef, Limit, Reason, Who
from care.cli.run import Run, bare, command
from care.errors import WrongUsage
from care.words import IssueKind, IssueState

if TYPE_CHECKING:
    from care.cli.run import Session
    from care.issues.records import IssueRecord

app = group("Issues: what is not yet told, and every step until it is.")

_Words = Annotated[str | None, typer.Option("--words", metavar="TEXT", help="How they said it.")]


@bare(app)
def issues(
    run: Run,
    everything: Annotated[bool, typer.Option("--all", help="Told ones too, the newest first.")] = False,
    mine: Annotated[bool, typer.Option("--mine", help="Only those I own.")] = False,
    limit: Limit = None,
) -> None:
    """Lists what is not yet told."""
    from care.issues.actions import all_issues, untold_issues
    from care.views.terminal.issues import Issues, show_issues

    with run.reading() as session:
        found = all_issues(session, run.now, None if mine else limit) if everything else untold_issues(session, run.now)
        me = run.caller_in(session)
    shown = [one for one in found if not mine or one.owner == me]
    run.show(Issues(tuple(shown[:limit])), show_issues)
    settled = next((one for one in shown if one.waiting), None)
    run.hint(f"Next: care issues show i{settled.id}" if settled else "Next: care report")


@command(app)
def show(run: Run, issue: IssueRef) -> None:
    """Shows an issue with everyone who raised it, in their own words."""
    from care.issues.actions import find_issue
    from care.issues.actions import issue as read_issue
    from care.views.terminal.issues import show_issue

    with run.reading() as session:
        record = read_issue(session, find_issue(session, issue), run.now)
    run.show(record, show_issue)
    _what_next(run, record)


@command(app)
def add(
    run: Run,
    text: Annotated[str, typer.Argument(metavar="TEXT", help="What is wrong, in a few words.")],
    by: By,
    words: _Words = None,
    failure: Annotated[bool, typer.Option("--failure", help="A failure of our service.")] = False,
) -> None:
    """Adds an issue that a customer raised."""
    from care.issues.actions import raise_issue

    kind = IssueKind.FAILURE if failure else IssueKind.ISSUE
    person = _person(run, by)
    _step(run, lambda session: raise_issue(session, text.strip(), person, run.now, words=words, kind=kind))


@command(app)
def join(run: Run, issue: IssueRef, by: By, words: _Words = None) -> None:
    """Adds one more customer who raised it."""
    from care.issues.actions import find_issue, join_issue

    person = _person(run, by)

    def step(session: "Session") -> int:
        number = find_issue(session, issue)
        join_issue(session, number, person, run.now, words=words)
        return number

    _step(run, step)


@command(app)
def fix(
    run: Run,
    issue: IssueRef,
    note: Annotated[str | None, typer.Option("--note", metavar="TEXT", help="What was done.")] = None,
) -> None:
    """Marks it as fixed; from now on everyone who raised it has to be told."""
    _settle(run, issue, IssueState.FIXED, note)


@command(app)
def decline(run: Run, issue: IssueRef, reason: Reason) -> None:
    """Marks it as declined, with the reason; that has to be told as well."""
    if not reason.strip():
        raise WrongUsage("the reason is empty. Say why with --reason: it has to be told as well.")
    _settle(run, issue, IssueState.DECLINED, reason)


@command(app)
def tell(
    run: Run,
    issue: IssueRef,
    who: Who,
    reaction: Annotated[
        str | None, typer.Option("--reaction", metavar="TEXT", help="What they said; “not fixed” reopens it.")
    ] = None,
) -> None:
    """Records that one customer was told, and what they said to it."""
    from care.issues.actions import find_issue, tell_raiser

    with run.reading() as session:
        number = find_issue(session, issue)
    person = _raiser(run, number, who)

    def step(session: "Session") -> int:
        from care.customers.actions import person_with

        name = person_with(session, person).name
        tell_raiser(session, number, person, name, reaction, run.caller_in(session), run.now)
        return number

    _step(run, step)


@command(app)
def reopen(run: Run, issue: IssueRef, by: By, words: _Words = None) -> None:
    """Opens it again for a customer for whom it is not solved."""
    from care.issues.actions import find_issue, reopen_issue

    person = _person(run, by)

    def step(session: "Session") -> int:
        number = find_issue(session, issue)
        reopen_issue(session, number, person, run.now, words)
        return number

    _step(run, step)


def _settle(run: Run, said: str, state: IssueState, note: str | None) -> None:
    from care.issues.actions import find_issue, settle_issue

    def step(session: "Session") -> int:
        number = find_issue(session, said)
        settle_issue(session, number, state, note, run.now)
        return number

    _step(run, step)


def _person(run: Run, said: str) -> int:
    from care.cli.refs import person_said

    return person_said(run, said)


def _raiser(run: Run, issue_id: int, said: str) -> int:
    """The raiser meant: among those who raised it a part of the name is enough."""
    from care.issues.actions import issue
    from care.text import fold

    if said.strip().isdigit():
        return _person(run, said)
    with run.reading() as session:
        raisers = issue(session, issue_id, run.now).raised_by
    hits = [one.id for one in raisers if fold(said) and fold(said) in fold(f"{one.name} {one.company or ''}")]
    return hits[0] if len(hits) == 1 else _person(run, said)


def _step(run: Run, step: Callable[["Session"], int]) -> None:
    from care.issues.actions import issue
    from care.views.terminal.issues import show_issue

    with run.changing() as session:
        number = step(session)
        record = issue(session, number, run.now)
    run.show(record, show_issue)
    _what_next(run, record)


def _what_next(run: Run, record: "IssueRecord") -> None:
    if record.state is IssueState.OPEN:
        run.hint(f"When it is fixed: care issues fix i{record.id} --note TEXT")
    elif record.waiting:
        waiting = next(one for one in record.raised_by if not one.told)
        run.hint(f"Next: care issues tell i{record.id} {waiting.id} --reaction TEXT")
    else:
        run.hint("Everyone has been told. That is the end of it.")
