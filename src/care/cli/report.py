"""``care report``: the team meeting on one page."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from care.cli.group import single
from care.cli.run import Run, command
from care.errors import WrongUsage

if TYPE_CHECKING:
    from care.cli.run import Session
    from care.reports.period import Period


app = single()


@command(app)
def report(
    run: Run,
    sections: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[SECTION]...", help="owed, open_issues, heard, neglected, practice, gold; or selection."
        ),
    ] = None,
    since: Annotated[str | None, typer.Option("--since", metavar="WHEN", help="From when; else four weeks.")] = None,
    until: Annotated[str | None, typer.Option("--until", metavar="WHEN", help="To when; else today.")] = None,
    everything: Annotated[bool, typer.Option("--all", help="Every line, not the first few.")] = False,
    form: Annotated[str, typer.Option("--format", metavar="FORM", help="terminal or json.")] = "terminal",
    output: Annotated[Path | None, typer.Option("--output", metavar="FILE", help="Write it there.")] = None,
    include_private: Annotated[
        bool, typer.Option("--include-private", help="Also what they said of their life.")
    ] = False,
    initials: Annotated[bool, typer.Option("--initials", help="Initials instead of names.")] = False,
) -> None:
    """Shows what we owe, what is open, what was heard, who is neglected, and how the practice goes."""
    from care.reports.actions import gather
    from care.reports.asked import IN_A_LINE, SECTIONS, Asking, sections_named
    from care.views.as_json import to_json, write_json
    from care.views.terminal.report import show_report, written_report

    if form not in ("terminal", "json"):
        raise WrongUsage(f"“{form}” is no format of the report; it is terminal or json.")
    names = sections_named(sections or list(SECTIONS))
    with run.reading() as session:
        period = _period(run, session, since, until)
        in_a_line = () if sections else IN_A_LINE
        asking = Asking(tuple(names), period, include_private, initials, everything, in_a_line)
        record = gather(session, asking, run.now)
    if output is not None:
        from care.exchange.files import write_whole

        write_whole(output, to_json(record) + "\n" if run.json or form == "json" else written_report(record))
        run.hint(f"Written to {output}.")
    elif form == "json" and not run.json:
        write_json(run.screen.stream, record)
    else:
        run.show(record, show_report)


def _period(run: Run, session: "Session", since: str | None, until: str | None) -> "Period":
    from care.reports.period import period_between
    from care.times.when import parse_since
    from care.times.zones import local_date

    zone = run.policy(session).timezone
    first = parse_since(since, run.now, zone) if since else None
    last = parse_since(until, run.now, zone) if until else None
    return period_between(first, last, local_date(run.now, zone), zone)
