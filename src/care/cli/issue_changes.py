"""``care issues draft``, ``own``, ``edit``, ``note`` and ``merge``: what to say, and changing what an issue is."""

from typing import TYPE_CHECKING, Annotated

import typer

from care.cli.issue_steps import steps
from care.cli.options import IssueRef
from care.cli.run import Run, command
from care.errors import WrongUsage
from care.words import IssueKind

if TYPE_CHECKING:
    from care.cli.run import Session as Session


NOBODY = "nobody"


_Into = Annotated[str, typer.Argument(metavar="INTO", help="The issue it is the same as: i7, 7 or part of its title.")]


_Owner = Annotated[str, typer.Argument(metavar="NAME", help="One of the team, or nobody.")]


_Where = Annotated[str, typer.Argument(metavar="TEXT", help="Where it stands, in a few words.")]


_Title = Annotated[str | None, typer.Option("--title", metavar="TEXT", help="What is wrong, in other words.")]


_Blocking = Annotated[
    bool | None, typer.Option("--blocking/--no-blocking", help="Whether somebody cannot go on because of it.")
]


_Feeling = Annotated[
    str | None, typer.Option("--feeling", metavar="NAME", help="The feeling it hurts; empty takes it away.")
]


_Kind = Annotated[IssueKind | None, typer.Option("--kind", help="An issue, or a failure of our service.")]


def register(app: typer.Typer) -> None:
    """Adds the commands to the group of issues."""
    for one in (draft, own, edit, note, merge):
        command(app)(one)


def draft(run: Run, issue: IssueRef) -> None:
    """Writes what to say to each customer who has to be told; you say it, care sends nothing."""
    from care.issues.find import find_issue
    from care.issues.letters import write_letters
    from care.views.letters import show_letters
    from care.words import IssueState

    with run.reading() as session:
        found = write_letters(session, find_issue(session, issue), run.caller_in(session), run.now)
    run.show(found, show_letters)
    if not found.drafts:
        run.hint("Nobody has to be told of it.")
    elif found.state is not IssueState.OPEN:
        run.hint(f"When it is said: care issues tell i{found.id} {found.drafts[0].customer.id} --reaction TEXT")
    elif found.note is None:
        run.hint(f"Write down where it stands, and it is part of the draft: care issues note i{found.id} TEXT")
    else:
        run.hint(f"When it is said: care owed done i{found.id}:{found.drafts[0].customer.id}")


def own(run: Run, issue: IssueRef, name: _Owner) -> None:
    """Makes one of the team the owner, who sees to it that it is fixed and told."""
    from care.issues.editing import own_issue
    from care.issues.find import find_issue

    def step(session: "Session") -> int:
        number = find_issue(session, issue)
        owner = None if name.strip().lower() == NOBODY else run.caller_in(session, name.strip())
        own_issue(session, number, owner)
        return number

    steps(run, step)


def edit(
    run: Run,
    issue: IssueRef,
    title: _Title = None,
    blocking: _Blocking = None,
    feeling: _Feeling = None,
    kind: _Kind = None,
) -> None:
    """Changes its title, whether it blocks somebody, the feeling it hurts, or what kind it is."""
    from care.issues.editing import IssueEdit, edit_issue
    from care.issues.find import find_issue

    if (title, blocking, feeling, kind) == (None, None, None, None):
        raise WrongUsage("nothing was said to change. Say --title, --blocking, --feeling or --kind.")

    def step(session: "Session") -> int:
        number = find_issue(session, issue)
        edit_issue(session, number, IssueEdit(title, blocking, feeling, kind))
        return number

    steps(run, step)


def note(run: Run, issue: IssueRef, text: _Where) -> None:
    """Writes down where it stands; who waited long for a word is owed that."""
    from care.issues.editing import note_issue
    from care.issues.find import find_issue
    from care.issues.story import issue_story
    from care.views.issues import show_issue

    with run.changing() as session:
        number = find_issue(session, issue)
        note_issue(session, number, text, run.caller_in(session), run.now)
        record = issue_story(session, number, run.now)
    run.show(record, show_issue)
    run.hint(f"What to say to those who wait: care issues draft i{number}")


def merge(run: Run, issue: IssueRef, into: _Into) -> None:
    """Makes one issue of two: whoever raised the first raised the second. care undo takes it apart."""
    from care.issues.find import find_issue
    from care.issues.merging import merge_issues
    from care.issues.story import issue_story
    from care.views.issues import show_issue

    with run.changing() as session:
        gone, kept = find_issue(session, issue), find_issue(session, into)
        merge_issues(session, gone, kept)
        record = issue_story(session, kept, run.now)
    run.show(record, show_issue)
    run.hint(f"i{gone} is part of i{kept} now. care undo takes it apart again.")
