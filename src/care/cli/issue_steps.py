"""What the steps in the life of an issue share: who is meant, taking the step, and who has to know."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from care.cli.input.refs import person_said
from care.cli.run import Run
from care.words import IssueState

if TYPE_CHECKING:
    from care.cli.run import Session as Session
    from care.issues.records import IssueRecord


NAMED = 6
"""So many of those who have to know are named."""


def raiser_said(run: Run, record: "IssueRecord", said: str) -> int:
    """The raiser meant: among those who raised it a part of the name is enough."""
    from care.text import fold

    if said.strip().isdigit():
        return person_said(run, said)
    raisers = record.raised_by
    hits = [one.id for one in raisers if fold(said) and fold(said) in fold(f"{one.name} {one.company or ''}")]
    return hits[0] if len(hits) == 1 else person_said(run, said)


def steps(run: Run, step: Callable[["Session"], int]) -> None:
    """Takes a step in the life of an issue, and shows how it stands."""
    from care.issues.listing import issue
    from care.views.issues import show_issue

    with run.changing() as session:
        number = step(session)
        record = issue(session, number, run.now)
    run.show(record, show_issue)
    what_next(run, record)


def what_next(run: Run, record: "IssueRecord") -> None:
    """Names who has to know, and the natural next command."""
    from care.text import listing, plural

    left = [one.name for one in record.raised_by if not one.told]
    if record.state is IssueState.OPEN:
        run.hint(f"When it is fixed: care issues fix i{record.id} --note TEXT")
    elif left:
        named = left if len(left) <= NAMED else [*left[:NAMED], plural(len(left) - NAMED, "other")]
        verb = "has" if len(left) == 1 else "have"
        run.hint(f"{listing(named)} {verb} to know. What to say: care issues draft i{record.id}")
    else:
        run.hint("Everyone has been told. That is the end of it.")
