"""``care questions``: the guide, and changing it."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

from care.cli.group import group
from care.cli.run import Run, bare, command
from care.words import QuestionKind

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from care.interviews.records import QuestionRecord


app = group("The guide: the open questions of a call, and the line to open it with.")

_Key = Annotated[str, typer.Argument(metavar="KEY", help="The question, by its key.")]

_Probes = Annotated[
    list[str] | None, typer.Option("--probe", metavar="TEXT", help="A follow-up that digs deeper (repeatable).")
]


@bare(app)
def questions(
    run: Run, everything: Annotated[bool, typer.Option("--all", help="The retired ones too.")] = False
) -> None:
    """Lists what is asked: some questions on every call, and one of the deeper ones, by the customer's place."""
    from care.interviews.questions import guide
    from care.views.questions import show_guide

    with run.reading() as session:
        found = guide(session, retired=everything)
    run.show(found, show_guide)
    run.hint("Change one: care questions reword KEY TEXT")


@command(app)
def add(
    run: Run,
    key: Annotated[str, typer.Argument(metavar="KEY", help="One short word to know it by.")],
    text: Annotated[str, typer.Argument(metavar="TEXT", help="The question, open: one that yes cannot answer.")],
    deeper: Annotated[bool, typer.Option("--deeper", help="One of those asked in turn, not on every call.")] = False,
    probe: _Probes = None,
    reading: Annotated[bool, typer.Option("--reading", help="You judge its answers as good, mixed or bad.")] = False,
    private: Annotated[bool, typer.Option("--private", help="Its answers stay out of team reports.")] = False,
    segment: Annotated[
        str | None, typer.Option("--segment", metavar="NAME", help="Only asked of customers of that segment.")
    ] = None,
) -> None:
    """Adds a question of your own."""
    from care.interviews.questions import add_question

    kind = QuestionKind.DEEPER if deeper else QuestionKind.EVERY
    made = _change(
        run,
        lambda session: add_question(
            session,
            key,
            text,
            run.now,
            kind=kind,
            probes=probe or (),
            reading=reading,
            private=private,
            segment=segment,
        ),
    )
    if made.segment is not None and not _anybody_in(run, made.segment):
        run.notice(f"Nobody is of segment {made.segment} yet, so nobody is asked it.")
    run.hint("Next: care questions")


@command(app)
def reword(
    run: Run,
    key: _Key,
    text: Annotated[str | None, typer.Argument(metavar="[TEXT]", help="The question in its new words.")] = None,
    probe: _Probes = None,
) -> None:
    """Puts a question in other words, or gives it other probes; answers so far keep the old wording."""
    from care.interviews.questions import reword as put_anew

    _change(run, lambda session: put_anew(session, key, text, probe or (), run.now))


@command(app)
def retire(run: Run, key: _Key) -> None:
    """Asks a question no more; its answers stay."""
    from care.interviews.questions import retire as ask_no_more

    made = _change(run, lambda session: ask_no_more(session, key, run.now))
    run.hint(f"care questions restore {made.key} brings it back.")


@command(app)
def restore(run: Run, key: _Key) -> None:
    """Asks a retired question again."""
    from care.interviews.questions import restore as ask_again

    _change(run, lambda session: ask_again(session, key))


@command(app)
def opening(
    run: Run,
    text: Annotated[
        str | None,
        typer.Argument(metavar="[TEXT]", help="The new line; {caller} and {company} are filled in."),
    ] = None,
) -> None:
    """Shows the line to say when they pick up, or sets it."""
    from care.customers.policy import change_setting
    from care.interviews.questions import guide
    from care.settings import read_setting
    from care.views.questions import show_opening

    if text is None:
        with run.reading() as session:
            found = guide(session)
    else:
        value = read_setting("opening", text)
        with run.changing() as session:
            change_setting(session, "opening", value, run.now)
            found = guide(session)
    run.show(found, show_opening)
    run.hint("Back to the first one: care config unset opening" if text else "Another: care questions opening TEXT")


def _change(run: Run, change: "Callable[[Session], QuestionRecord]") -> "QuestionRecord":
    from care.views.questions import show_question

    with run.changing() as session:
        made = change(session)
    run.show(made, show_question)
    return made


def _anybody_in(run: Run, segment: str) -> bool:
    from care.customers.listing import list_customers

    with run.reading() as session:
        return bool(list_customers(session, run.now, segment=segment, limit=1).customers)
