"""Arguments and options that several commands share."""

from typing import Annotated

import typer

Who = Annotated[str, typer.Argument(metavar="WHO", help="An id, an e-mail address, a phone number or part of a name.")]

MaybeWho = Annotated[
    str | None, typer.Argument(metavar="[WHO]", help="An id, an e-mail address, a phone number or part of a name.")
]

By = Annotated[str, typer.Option("--by", metavar="WHO", help="The customer who raised it.")]

IssueRef = Annotated[str, typer.Argument(metavar="ID", help="An issue: i7, 7 or part of its title.")]

CallRef = Annotated[str, typer.Argument(metavar="CALL", help="A call of the plan: c41, 41 or part of a name.")]

Reason = Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why, in a few words.")]

Caller = Annotated[str | None, typer.Option("--caller", metavar="NAME", help="Who of the team; else you.")]

Publish = Annotated[bool, typer.Option("--publish/--no-publish", help="Write it into your calendar, if one is set.")]

When = Annotated[str, typer.Argument(metavar="WHEN", help="A day, and perhaps a time: thursday 15:00.")]

Limit = Annotated[int | None, typer.Option("--limit", metavar="N", min=1, max=1_000_000_000, help="At most so many.")]

Yes = Annotated[bool, typer.Option("--yes", help="Do not ask.")]

MaybeWords = Annotated[str | None, typer.Argument(metavar="[TEXT]", help="What it was, in a few words.")]
