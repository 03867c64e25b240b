"""``care customers`` alone: the list, by what people look for."""

from typing import Annotated

import typer

from care.cli.options import Limit
from care.cli.run import Run, bare
from care.words import Eligibility, SortBy, Status

PAGE = 20


def register(app: typer.Typer) -> None:
    """Makes the list what the group of customers does when no subcommand follows."""
    bare(app)(list_them)


def list_them(
    run: Run,
    status: Annotated[list[Status] | None, typer.Option("--status", help="Only these (repeatable).")] = None,
    segment: Annotated[str | None, typer.Option("--segment", metavar="NAME", help="Only this segment.")] = None,
    standing: Annotated[Eligibility | None, typer.Option("--standing", help="Only those standing so.")] = None,
    silent: Annotated[
        str | None, typer.Option("--silent", metavar="SPAN", help="Heard once, and not for 90d, 12w, 6m or 1y.")
    ] = None,
    never_heard: Annotated[
        bool, typer.Option("--never-heard", help="Never heard; with --silent either of the two.")
    ] = False,
    open_issues: Annotated[
        bool, typer.Option("--with-open-issues", help="Raised an issue they are not yet told of.")
    ] = False,
    sort: Annotated[
        SortBy, typer.Option("--sort", help="silent: never heard first, then the longest; added: the newest first.")
    ] = SortBy.ID,
    limit: Limit = None,
) -> None:
    """Lists customers, a page's worth on a terminal."""
    from care.customers.listing import list_customers
    from care.views.customers import show_list

    most = limit or (PAGE if run.screen.is_terminal and not run.json else None)
    with run.reading() as session:
        found = list_customers(
            session,
            run.now,
            statuses=status or (),
            segment=segment,
            standing=standing,
            silent=silent,
            never_heard=never_heard,
            open_issues=open_issues,
            sort=sort,
            limit=most,
        )
    run.show(found, show_list)
    if not found.total and (status or segment or standing or silent or never_heard or open_issues):
        run.hint("Nobody is like that. All of them: care customers")
    elif not found.total:
        run.hint("Next: care customers import FILE, or care customers add NAME --phone NUMBER")
    elif len(found.customers) < found.total:
        run.hint(f"{len(found.customers):,} of {found.total:,}. More with --limit, or pipe it.")
