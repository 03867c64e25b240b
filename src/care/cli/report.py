"""``care report``: the team meeting on one page."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from care.cli.group import single
from care.cli.run import Run, command
from care.errors import WrongUsage

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from care.reports.period import Period
    from care.reports.records import Report


app = single()


class ReportFormat(StrEnum):
    """How a report is written."""

    TERMINAL = "terminal"
    MARKDOWN = "markdown"
    HTML = "html"
    CSV = "csv"
    JSON = "json"


AS_TEXT = frozenset({"", ".txt", ".text"})
"""What a file may be called that is to hold the report as a terminal shows it."""

_BY_NAME = {
    ".md": ReportFormat.MARKDOWN, ".html": ReportFormat.HTML, ".htm": ReportFormat.HTML, ".csv": ReportFormat.CSV,
    ".json": ReportFormat.JSON,
}  # fmt: skip


@command(app)
def report(
    run: Run,
    sections: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[SECTION]...", help="owed, open_issues, heard, neglected, practice, gold, selection, told."
        ),
    ] = None,
    since: Annotated[str | None, typer.Option("--since", metavar="WHEN", help="From when; else four weeks.")] = None,
    until: Annotated[str | None, typer.Option("--until", metavar="WHEN", help="To when; else today.")] = None,
    everything: Annotated[bool, typer.Option("--all", help="Every line, not the first few.")] = False,
    form: Annotated[ReportFormat | None, typer.Option("--format", help="How it is written; else by FILE.")] = None,
    output: Annotated[
        Path | None, typer.Option("--output", metavar="FILE", help="Write it there, for you only.")
    ] = None,
    open_it: Annotated[bool, typer.Option("--open", help="Show it in your browser.")] = False,
    include_private: Annotated[
        bool, typer.Option("--include-private", help="Also what they said of their life.")
    ] = False,
    initials: Annotated[bool, typer.Option("--initials", help="Initials instead of names.")] = False,
) -> None:
    """Shows what we owe, what is open, what was heard, who is neglected, and how the practice goes."""
    from care.reports.gather import gather
    from care.reports.records import Asking
    from care.reports.section import IN_A_LINE, MEETING, sections_named
    from care.views.report import show_report

    chosen = _form(run, form, output, open_it=open_it)
    names = sections_named(sections or MEETING)
    with run.reading() as session:
        period = _period(run, session, since, until)
        in_a_line = () if sections else IN_A_LINE
        asking = Asking(tuple(names), period, include_private, initials, everything, in_a_line)
        record = gather(session, asking, run.now)
    if output is not None or open_it:
        _to_file(run, record, chosen, output, open_it=open_it)
    elif chosen is ReportFormat.TERMINAL:
        run.show(record, show_report)
    else:
        run.screen.stream.write(written(record, chosen))


def written(record: "Report", form: ReportFormat) -> str:
    """The report in that format, complete."""
    if form is ReportFormat.HTML:
        from care.views.written.html import to_html

        return to_html(record)
    if form is ReportFormat.MARKDOWN:
        from care.views.written.markdown import to_markdown

        return to_markdown(record)
    if form is ReportFormat.CSV:
        from care.views.written.csv import report_csv

        return report_csv(record)
    if form is ReportFormat.JSON:
        from care.views.as_json import to_json

        return to_json(record) + "\n"
    from care.views.report import written_report

    return written_report(record)


def _form(run: Run, said: ReportFormat | None, output: Path | None, *, open_it: bool) -> ReportFormat:
    if run.json:
        if said not in (None, ReportFormat.JSON):
            raise WrongUsage(f"--json and --format {said} are two formats. Say one of the two.")
        return ReportFormat.JSON
    if open_it:
        if said not in (None, ReportFormat.HTML):
            raise WrongUsage(f"--open shows a page in the browser, and --format {said} is none. Leave one of them out.")
        return ReportFormat.HTML
    if said is not None or output is None:
        return said or ReportFormat.TERMINAL
    if output.suffix.lower() not in {*_BY_NAME, *AS_TEXT}:
        raise WrongUsage(f"“{output.name}” says no format care can write. End it in .html, .md, .csv or .txt.")
    return _BY_NAME.get(output.suffix.lower(), ReportFormat.TERMINAL)


def _to_file(run: Run, record: "Report", form: ReportFormat, output: Path | None, *, open_it: bool) -> None:
    from care.exchange.files import write_whole

    if output is None:
        from platformdirs import user_cache_path

        output = user_cache_path("care") / "report.html"
    mark = "\ufeff" if form is ReportFormat.CSV else ""  # tells a spreadsheet that it is UTF-8
    write_whole(output, mark + written(record, form))
    run.hint(f"Written to {output}.")
    if open_it:
        import webbrowser

        if not webbrowser.open(output.resolve().as_uri()):
            run.notice(f"No browser could be started. Open it yourself: {output}")


def _period(run: Run, session: "Session", since: str | None, until: str | None) -> "Period":
    from care.reports.period import period_between
    from care.times.when import parse_since
    from care.times.zones import local_date

    zone = run.policy(session).timezone
    first = parse_since(since, run.now, zone) if since else None
    last = parse_since(until, run.now, zone) if until else None
    return period_between(first, last, local_date(run.now, zone), zone)
