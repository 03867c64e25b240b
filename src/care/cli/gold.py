"""``care gold``: wishes and triggers, gathered into veins, and what becomes of each."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

from care.cli.group import group
from care.cli.options import Limit
from care.cli.run import Run, bare, command
from care.errors import WrongUsage
from care.text import plural
from care.words import IssueKind, VeinState

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from care.gold.records import WholeVein


app = group("Gold: what customers wish for and what makes them trust us, gathered, and what becomes of it.")

_Vein = Annotated[str, typer.Argument(metavar="VEIN", help="A vein: g2, 2 or part of its title.")]

_Passages = Annotated[list[str], typer.Argument(metavar="PASSAGE...", help="What was said: w3 a wish, t4 a trigger.")]

_Title = Annotated[str | None, typer.Option("--title", metavar="TEXT", help="What to call it.")]


@bare(app)
def gold(run: Run, limit: Limit = None) -> None:
    """Lists the veins by the number of customers, then what is not gathered yet."""
    from care.gold.veins import gold as read_gold
    from care.views.gold import FEW, show_gold

    few = FEW if run.screen.is_terminal and not run.json else None
    with run.reading() as session:
        found = read_gold(session, run.now, limit or few)
    run.show(found, show_gold)
    still = next((vein for vein in found.veins if vein.state is VeinState.OPEN), None)
    if still is not None:
        run.hint(f"Next: care gold issue {still.ref}, or care gold promise {still.ref} TEXT")
    elif found.total:
        run.hint("Next: care gold gather")
    elif not found.veins:
        run.hint("Note one with care log --wish TEXT or --trigger TEXT.")


@command(app)
def show(run: Run, vein: _Vein) -> None:
    """Shows a vein with everything that was said."""
    from care.gold.find import find_vein
    from care.gold.veins import vein as read_vein
    from care.views.gold import show_vein

    with run.reading() as session:
        found = read_vein(session, find_vein(session, vein), run.now)
    run.show(found, show_vein)
    _what_next(run, found)


@command(app)
def gather(
    run: Run,
    passages: Annotated[
        list[str] | None,
        typer.Argument(metavar="[PASSAGE]...", help="What belongs together: w3 a wish, t4 a trigger. None: suggests."),
    ] = None,
    title: _Title = None,
    into: Annotated[str | None, typer.Option("--into", metavar="VEIN", help="Add them to this vein.")] = None,
    limit: Limit = None,
) -> None:
    """Gathers passages that mean the same; without any it suggests which, by the words they share."""
    from care.gold.find import find_vein
    from care.gold.gather import gather as gather_them
    from care.gold.gather import gather_into
    from care.gold.suggest import suggestions

    if title is not None and into is not None:
        raise WrongUsage("--title names a new vein and --into adds to one there is. Say one of the two.")
    if not passages:
        if title is not None or into is not None:
            raise WrongUsage("say which passages belong together, like w3 w7. care gold lists them.")
        with run.reading() as session:
            found = suggestions(session, limit)
        from care.cli.gold_suggestions import go_through

        go_through(run, found)
        return
    said = passages

    def step(session: "Session") -> "WholeVein":
        if into is None:
            return gather_them(session, said, title, run.now)
        return gather_into(session, find_vein(session, into), said, run.now)

    _change(run, step)


@command(app)
def loosen(run: Run, passages: _Passages) -> None:
    """Takes passages out of their vein again."""
    from care.gold.gather import loosen as loosen_them
    from care.views.gold import show_loosened

    with run.changing() as session:
        done = loosen_them(session, passages, run.now)
    run.show(done, show_loosened)
    run.hint("Next: care gold")


@command(app)
def rename(
    run: Run, vein: _Vein, title: Annotated[str, typer.Argument(metavar="TITLE", help="Its new title.")]
) -> None:
    """Calls a vein something else."""
    from care.gold.find import find_vein
    from care.gold.gather import rename as rename_it

    _change(run, lambda session: rename_it(session, find_vein(session, vein), title, run.now))


@command(app)
def issue(
    run: Run,
    vein: _Vein,
    title: _Title = None,
    failure: Annotated[bool, typer.Option("--failure", help="A failure of our service.")] = False,
    join: Annotated[str | None, typer.Option("--join", metavar="ID", help="They raise this issue: i7.")] = None,
) -> None:
    """Makes it an issue that everyone in it raised, each in their own words."""
    from care.gold.find import find_vein
    from care.gold.promote import make_issue
    from care.issues.find import find_issue

    if join is not None and (title is not None or failure):
        raise WrongUsage("--join is about an issue there is; --title and --failure are about a new one.")
    kind = IssueKind.FAILURE if failure else IssueKind.ISSUE

    def step(session: "Session") -> "WholeVein":
        number = find_vein(session, vein)
        joins = None if join is None else find_issue(session, join)
        return make_issue(session, number, run.now, title=title, kind=kind, joins=joins)

    _change(run, step)


@command(app)
def promise(
    run: Run,
    vein: _Vein,
    text: Annotated[str, typer.Argument(metavar="TEXT", help="What we promise all customers, in our words.")],
) -> None:
    """Makes it a promise of ours to all customers; later calls ask how well we keep it."""
    from care.gold.find import find_vein
    from care.gold.promote import make_standing_promise

    _change(run, lambda session: make_standing_promise(session, find_vein(session, vein), text, run.now))


@command(app)
def drop(run: Run, vein: _Vein) -> None:
    """Lets a vein be: nothing comes of it, and what we promised is asked about no more."""
    from care.gold.find import find_vein
    from care.gold.promote import drop_vein

    _change(run, lambda session: drop_vein(session, find_vein(session, vein), run.now))


def _change(run: Run, step: Callable[["Session"], "WholeVein"]) -> None:
    from care.views.gold import show_vein

    with run.changing() as session:
        found = step(session)
    run.show(found, show_vein)
    _what_next(run, found)


def _what_next(run: Run, found: "WholeVein") -> None:
    if found.state is VeinState.OPEN:
        run.hint(f"Next: care gold issue {found.ref}, or care gold promise {found.ref} TEXT")
    elif found.state is VeinState.ISSUE and found.issue is not None:
        told = plural(found.customers, "customer has to hear", "customers have to hear")
        run.hint(f"{told} what becomes of it. When it is fixed: care issues fix i{found.issue.id} --note TEXT")
    elif found.state is VeinState.PROMISE:
        run.hint("Tell those who asked for it when you next speak. How it is kept: care report gold")
    else:
        run.hint("Next: care gold")
