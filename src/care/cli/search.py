"""``care search``: every word that was said, and who said it."""

from typing import Annotated

import typer

from care.cli.group import single
from care.cli.options import Limit
from care.cli.run import Run, command
from care.errors import WrongUsage

PAGE = 10

app = single()


@command(app, context_settings={"ignore_unknown_options": True})  # -late is a word like any other
def search(
    run: Run,
    words: Annotated[
        list[str],
        typer.Argument(
            metavar="WORDS",
            help="All of them have to be there: “a phrase” in quotes, begin*, customer:WHO, question:KEY, since:WHEN.",
        ),
    ],
    best: Annotated[bool, typer.Option("--best", help="What fits best first, not the newest.")] = False,
    limit: Limit = None,
) -> None:
    """Finds what was said in talks, issues, promises and transcripts, and customers by name; the newest first."""
    from care.cli.input.refs import person_said
    from care.interviews.search import found_in
    from care.interviews.search_query import read_query
    from care.times.when import say_date
    from care.views.search import show_found

    option = next((word for word in words if word.startswith("--")), None)
    if option is not None:
        raise WrongUsage(f"no such option: {option}. See care search --help.")
    query = read_query(words)
    person = None if query.customer is None else person_said(run, query.customer)
    with run.reading() as session:
        found = found_in(session, query, person, run.now, limit=limit or PAGE, best=best)
    if found.since is not None:
        run.hint(f"Since {say_date(found.since)}.")
    run.show(found, show_found)
    whose = next((hit.customer for hit in found.hits if hit.customer is not None), None)
    if whose is not None:
        run.hint(f"Next: care customers show {whose.id}")
    elif not found.hits and not query.words[0].begins and query.words[0].text.isalnum():
        run.hint(f"Words that begin so: care search {query.words[0].text}*")
