"""``care issues``: what customers raised, until each of them has been told."""

from typing import TYPE_CHECKING, Annotated

import typer

from care.cli.group import group
from care.cli.input.refs import person_said
from care.cli.issue_answers import raiser_said, reaction_asked, same_issue, steps, what_next
from care.cli.options import By, IssueRef, Limit, Reason, Who
from care.cli.run import Run, bare, command
from care.errors import WrongUsage
from care.words import IssueKind, IssueState, Stance

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


app = group("Issues: what is not yet told, and every step until it is.")

PAGE = 20

Words = Annotated[str | None, typer.Option("--words", metavar="TEXT", help="How they said it.")]

NOBODY = "nobody"
"""The owner of an issue that has none, as it is typed."""

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


@bare(app)
def issues(
    run: Run,
    everything: Annotated[bool, typer.Option("--all", help="Told ones too, the newest first.")] = False,
    mine: Annotated[bool, typer.Option("--mine", help="Only those I own.")] = False,
    limit: Limit = None,
) -> None:
    """Lists what is not yet told."""
    from care.issues.listing import list_issues
    from care.views.issues import show_issues

    most = limit or (PAGE if run.screen.is_terminal and not run.json else None)
    with run.reading() as session:
        owner = run.caller_in(session) if mine else None
        found = list_issues(session, run.now, everything=everything, owner=owner, limit=most)
    run.show(found, show_issues)
    if len(found.issues) < found.total:
        run.hint(f"{len(found.issues):,} of {found.total:,}. More with --limit, or pipe it.")
    settled = next((issue for issue in found.issues if issue.waiting), None)
    if settled:
        run.hint(f"Next: care issues draft i{settled.id}")
    elif found.issues and not everything:
        run.hint(f"When one is fixed: care issues fix i{found.issues[0].id} --note TEXT")
    else:
        run.hint("Next: care report")


@command(app)
def show(run: Run, issue: IssueRef) -> None:
    """Shows an issue with everyone who raised it, in their own words, and all that happened with it."""
    from care.issues.find import find_issue
    from care.issues.story import issue_story
    from care.views.issues import show_issue

    with run.reading() as session:
        said = find_issue(session, issue)
        record = issue_story(session, said, run.now)
    if record.id != said:
        run.hint(f"i{said} is part of i{record.id} now.")
    run.show(record, show_issue)
    what_next(run, record)


@command(app)
def add(
    run: Run,
    text: Annotated[str, typer.Argument(metavar="TEXT", help="What is wrong, in a few words.")],
    by: By,
    words: Words = None,
    failure: Annotated[bool, typer.Option("--failure", help="A failure of our service.")] = False,
) -> None:
    """Adds an issue that a customer raised; where one like it is open, you are asked whether it is the same."""
    from care.issues.listing import issue
    from care.issues.raising import join_issue, raise_issue, similar_issues
    from care.views.issues import show_issue

    kind = IssueKind.FAILURE if failure else IssueKind.ISSUE
    person = person_said(run, by)
    with run.reading() as session:
        near = similar_issues(session, text)
    same = same_issue(run, near)
    with run.changing() as session:
        if same is None:
            number = raise_issue(session, text.strip(), person, run.now, words=words, kind=kind)
        else:
            number = same
            join_issue(session, number, person, run.now, words=words or text.strip())
        record = issue(session, number, run.now)
    run.show(record._replace(near=tuple(near) if same is None else ()), show_issue)
    if near and same is None and not run.is_terminal:
        one = near[0]
        both = ", ".join(one.shared)
        run.hint(f"i{one.id} “{one.title}” is near to it (both: {both}). One issue? care issues merge "
                 f"i{number} i{one.id}")  # fmt: skip
    what_next(run, record)


@command(app)
def join(run: Run, issue: IssueRef, by: By, words: Words = None) -> None:
    """Adds one more customer who raised it."""
    from care.issues.find import find_issue
    from care.issues.raising import join_issue

    person = person_said(run, by)

    def step(session: "Session") -> int:
        number = find_issue(session, issue)
        join_issue(session, number, person, run.now, words=words)
        return number

    steps(run, step)


@command(app)
def fix(
    run: Run,
    issue: IssueRef,
    note: Annotated[str | None, typer.Option("--note", metavar="TEXT", help="What was done.")] = None,
) -> None:
    """Marks it as fixed; from now on everyone who raised it has to be told."""
    if note is None and run.is_terminal:
        from care.cli.input.asking import ask

        note = ask("What was done? They will hear it in these words (Enter: leave it out)") or None
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
    stance: Annotated[Stance | None, typer.Option("--stance", help="What they are to us now, as you heard it.")] = None,
) -> None:
    """Records that one customer was told, and what they said to it; on a terminal it asks what you do not say."""
    from care.issues.find import find_issue
    from care.issues.listing import issue as read_issue
    from care.issues.telling import tell_raiser

    with run.reading() as session:
        number = find_issue(session, issue)
        record = read_issue(session, number, run.now)
    person = raiser_said(run, record, who)
    if reaction is None and record.waits_to_be_told(person) and run.is_terminal:
        reaction, stance = reaction_asked(run, record, stance)

    def step(session: "Session") -> int:
        from care.customers.find import person_with

        name = person_with(session, person).name
        me = run.caller_in(session)
        tell_raiser(session, number, person, name, reaction or None, me, run.now, stance=stance)
        return number

    steps(run, step)


@command(app)
def reopen(run: Run, issue: IssueRef, by: By, words: Words = None) -> None:
    """Opens it again for a customer for whom it is not solved."""
    from care.issues.find import find_issue
    from care.issues.telling import reopen_issue

    person = person_said(run, by)

    def step(session: "Session") -> int:
        number = find_issue(session, issue)
        reopen_issue(session, number, person, run.now, words)
        return number

    steps(run, step)


def _settle(run: Run, said: str, state: IssueState, note: str | None) -> None:
    from care.issues.find import find_issue
    from care.issues.telling import settle_issue

    def step(session: "Session") -> int:
        number = find_issue(session, said)
        settle_issue(session, number, state, note, run.now)
        return number

    steps(run, step)


@command(app)
def draft(run: Run, issue: IssueRef) -> None:
    """Writes what to say to each customer who has to be told; you say it, care sends nothing."""
    from care.issues.find import find_issue
    from care.issues.letters import write_letters
    from care.issues.life import UNSETTLED
    from care.views.letters import show_letters

    with run.reading() as session:
        found = write_letters(session, find_issue(session, issue), run.caller_in(session), run.now)
    run.show(found, show_letters)
    if not found.drafts:
        run.hint("Nobody has to be told of it.")
    elif found.state not in UNSETTLED:
        run.hint(f"When it is said: care issues tell i{found.id} {found.drafts[0].customer.id} --reaction TEXT")
    elif found.note is None:
        run.hint(f"Write down where it stands, and it is part of the draft: care issues note i{found.id} TEXT")
    else:
        run.hint(f"When it is said: care owed done i{found.id}:{found.drafts[0].customer.id}")


@command(app)
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


@command(app)
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


@command(app)
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


@command(app)
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
