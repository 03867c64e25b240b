"""``care customers``: who they are, and whether they may be called."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

from care import clock
from care.cli import duplicates, exports, forgetting, imports, listing
from care.cli.group import group
from care.cli.listing import PAGE
from care.cli.options import Limit, Reason, Who
from care.cli.run import Run, command
from care.errors import WrongUsage
from care.words import Eligibility, Status

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from care.customers.edit import Edit


app = group("Customers: list, show, add, edit, import, export, and whether they may be called.")

_Phone = Annotated[list[str] | None, typer.Option("--phone", metavar="NUMBER", help="A phone number (repeatable).")]

_Email = Annotated[list[str] | None, typer.Option("--email", metavar="ADDRESS", help="An e-mail address (repeatable).")]

_Company = Annotated[str | None, typer.Option("--company", metavar="NAME", help="Their company.")]

_Segment = Annotated[str | None, typer.Option("--segment", metavar="NAME", help="Their segment.")]

_Status = Annotated[Status | None, typer.Option("--status", help="Their status.")]

_Country = Annotated[str | None, typer.Option("--country", metavar="COUNTRY", help="Like NO or Norway.")]

_Zone = Annotated[str | None, typer.Option("--zone", metavar="ZONE", help="Their time zone, like Europe/Oslo.")]

_Birthday = Annotated[
    str | None, typer.Option("--birthday", metavar="DATE", help="Like 1980-02-03, or 3 Feb without a year.")
]

_Since = Annotated[str | None, typer.Option("--joined", metavar="DATE", help="Customer since, like 2021-03-01.")]


@command(app)
def show(
    run: Run,
    who: Who,
    history: Annotated[
        bool, typer.Option("--history", help="All of it, and what was changed on them, when and by which command.")
    ] = False,
    limit: Limit = None,
) -> None:
    """Shows all that is known of a customer, and what happened, the newest first."""
    from care.cli.input.refs import person_said
    from care.person.page import customer_page
    from care.views.customers import card_view

    person = person_said(run, who)
    with run.reading() as session:
        known = customer_page(session, person, run.now, history=history, limit=limit if run.json else None)
        zone = run.policy(session).timezone
    run.show(known, card_view(zone, limit or (PAGE if run.screen.is_terminal and not history else None)))
    run.hint(f"Next: care brief {known.id}")


@command(app)
def add(
    run: Run,
    name: Annotated[str, typer.Argument(metavar="NAME", help="Their name.")],
    phone: _Phone = None,
    email: _Email = None,
    company: _Company = None,
    segment: _Segment = None,
    status: _Status = None,
    country: _Country = None,
    zone: _Zone = None,
    birthday: _Birthday = None,
    joined: _Since = None,
) -> None:
    """Adds one customer."""
    from care.customers.add import add_by_hand
    from care.customers.edit import card
    from care.views.customers import card_view

    typed = _typed(run, name, phone, email, company, segment, status, country, zone, birthday, joined)
    with run.changing() as session:
        added = add_by_hand(session, typed, run.now)
        known = card(session, added.person.id, run.now)
        shown = card_view(run.policy(session).timezone, 12)
    run.show(known, shown)
    if added.was_forgotten:
        run.hint(f"{known.name} had been forgotten; imports may bring them again from now on.")
    run.hint("Next: care plan" if known.standing is Eligibility.CALLABLE else f"Next: care customers edit {known.id}")


def _typed(
    run: Run,
    name: str | None,
    phone: list[str] | None,
    email: list[str] | None,
    company: str | None,
    segment: str | None,
    status: Status | None,
    country: str | None,
    zone: str | None,
    birthday: str | None,
    joined: str | None,
) -> "Edit":
    from care.cli.input.typed import typed_birthday, typed_country, typed_emails, typed_phones, typed_zone
    from care.customers.edit import Edit
    from care.text import tidy
    from care.times.when import parse_since

    if name is not None and not tidy(name):
        raise WrongUsage("a customer needs a name.")
    with run.reading() as session:
        settings = run.policy(session)
    code = typed_country(country)
    return Edit(
        name=tidy(name) if name is not None else None,
        company=tidy(company) if company is not None else None,
        phones=typed_phones(phone, code or settings.country),
        emails=typed_emails(email),
        segment=tidy(segment) if segment is not None else None,
        status=status,
        country=code,
        zone=typed_zone(zone),
        birthday=typed_birthday(birthday),
        joined_on=parse_since(joined, run.now, settings.timezone) if joined else None,
    )


@command(app)
def edit(
    run: Run,
    who: Who,
    name: Annotated[str | None, typer.Option("--name", metavar="NAME", help="Their name.")] = None,
    phone: _Phone = None,
    email: _Email = None,
    company: _Company = None,
    segment: _Segment = None,
    status: _Status = None,
    country: _Country = None,
    zone: _Zone = None,
    birthday: _Birthday = None,
    joined: _Since = None,
    remember: Annotated[str | None, typer.Option("--remember", metavar="TEXT", help="The thread to pick up.")] = None,
    prefers: Annotated[
        str | None,
        typer.Option("--prefers", metavar="HOURS", help="When they like to be called: mornings, after 16:00."),
    ] = None,
    owner: Annotated[
        str | None, typer.Option("--owner", metavar="NAME", help="Who of us looks after the account.")
    ] = None,
) -> None:
    """Changes what is said and leaves the rest; an empty text takes a value away."""
    from care.cli.input.refs import person_said
    from care.cli.input.typed import typed_hours
    from care.customers.edit import card, edit_customer
    from care.views.customers import card_view

    person = person_said(run, who)
    change = _typed(run, name, phone, email, company, segment, status, country, zone, birthday, joined)
    with run.changing() as session:
        looks_after = run.caller_in(session, owner) if owner else owner
        hours = typed_hours(prefers, run.policy(session).customer_hours)
        change = change._replace(remember=remember, hours=hours, owner=looks_after)
        edit_customer(session, person, change, run.now)
        known = card(session, person, run.now)
        shown = card_view(run.policy(session).timezone, 12)
    run.show(known, shown)


@command(app)
def pause(
    run: Run,
    who: Who,
    until: Annotated[str, typer.Option("--until", metavar="WHEN", help="The first day they can be drawn again.")],
    reason: Annotated[str | None, typer.Option("--reason", metavar="TEXT", help="Why, in a few words.")] = None,
) -> None:
    """Leaves a customer out of the draw until a day."""
    from care.person.leave import pause_customer

    def change(session: "Session", person: int) -> None:
        from care.times.when import parse_day

        pause_customer(session, person, parse_day(until, run.now, run.policy(session).timezone), reason, run.now)

    _change_standing(run, who, change)


@command(app, "do-not-call")
def do_not_call(run: Run, who: Who, reason: Reason) -> None:
    """Records that a customer does not want to be called."""
    from care.person.leave import stop_calling

    explicit = clock.is_explicit()
    _change_standing(
        run, who, lambda session, person: stop_calling(session, person, _said(reason), run.now, explicit_clock=explicit)
    )


@command(app)
def left(run: Run, who: Who, reason: Reason) -> None:
    """Records that a customer has left us."""
    from care.person.leave import say_goodbye

    explicit = clock.is_explicit()
    _change_standing(
        run, who, lambda session, person: say_goodbye(session, person, _said(reason), run.now, explicit_clock=explicit)
    )


@command(app)
def back(run: Run, who: Who) -> None:
    """Lifts a pause, a do-not-call or a goodbye."""
    from care.person.leave import bring_back

    _change_standing(run, who, lambda session, person: bring_back(session, person, run.now))


def _said(reason: str) -> str:
    if not reason.strip():
        raise WrongUsage("the reason is empty. Say why with --reason.")
    return reason.strip()


def _change_standing(run: Run, who: str, change: Callable[["Session", int], object]) -> None:
    from care.cli.input.refs import person_said
    from care.customers.edit import card
    from care.views.customers import show_standing

    person = person_said(run, who)
    with run.changing() as session:
        change(session, person)
        known = card(session, person, run.now)
    run.show(known, show_standing)


listing.register(app)

imports.register(app)

duplicates.register(app)

forgetting.register(app)

exports.register(app)
