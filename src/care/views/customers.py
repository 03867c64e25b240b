"""Screens of customers."""

from collections.abc import Callable

from care.customers.records import Changed, CustomerCard, CustomerList, TimelineEntry
from care.text import plural
from care.times.when import say_date, span_words
from care.times.zones import local_date, local_time
from care.views.safe import clip
from care.views.screen import HEAD, QUIET, TYPED, Cell, Screen
from care.views.wording import REASONS, phone
from care.words import ContactKind, Eligibility, Usable

BESIDE = 14


def standing_said(standing: Eligibility) -> str:
    """How a standing is said."""
    if standing is Eligibility.CALLABLE:
        return "can be drawn"
    return REASONS.get(standing.value, standing.value.replace("_", " "))


def show_list(screen: Screen, found: CustomerList) -> None:
    """A line each."""
    if not found.customers:
        screen.line("No customers." if not found.total else "None to show.")
        return
    rows = [[Cell(word, QUIET) for word in ("id", "customer", "phone", "segment", "last heard", "standing")]]
    for customer in found.customers:
        name = f"{customer.name}, {customer.company}" if customer.company else customer.name
        silent = (
            "never"
            if customer.silent_days is None
            else plural(customer.silent_days, "day")
            if customer.silent_days
            else "today"
        )
        style = "" if customer.standing is Eligibility.CALLABLE else QUIET
        rows.append(
            [
                Cell(str(customer.id), TYPED),
                Cell(name, cut=True),
                Cell(phone(customer.phone)),
                Cell(customer.segment or "", QUIET, cut=True, drop=True),
                Cell(silent, QUIET),
                Cell(standing_said(customer.standing).removeprefix("already "), style),
            ]
        )
    screen.rows(rows, indent=0)


def show_standing(screen: Screen, card: CustomerCard) -> None:
    """A customer and whether they may be called now."""
    words = f"{standing_said(card.standing)}"
    if card.standing is Eligibility.PAUSED and card.paused_until:
        words += f" until {say_date(card.paused_until)}"
    if card.reason:
        words += f": {card.reason}"
    name = f"{card.name}, {card.company}" if card.company else card.name
    screen.line((name, HEAD), f"  {words}.")


def card_view(zone: str, latest: int | None) -> Callable[[Screen, CustomerCard], None]:
    """A view of one customer, with so many of the latest moments and changes (all where None), dates in that zone."""

    def view(screen: Screen, card: CustomerCard) -> None:
        show_card(screen, card, zone, latest)

    return view


def show_card(screen: Screen, card: CustomerCard, zone: str, latest: int | None) -> None:
    """All that is known of one customer, then what happened, the newest first, and where wanted what was changed."""
    name = f"{card.name}, {card.company}" if card.company else card.name
    screen.sides(name, f"customer {card.id}, {card.status.value}")
    for label, words in _facts(card):
        screen.quote(label, words, BESIDE, QUIET, indent=2)
    for column, value in card.extra.items():
        screen.quote(clip(column, 20), value, max(BESIDE, min(len(column), 20) + 4), QUIET, QUIET, indent=2)
    if card.timeline:
        screen.blank()
        screen.rows([_moment(one, zone) for one in card.timeline[:latest]])
        _more(screen, len(card.timeline), latest, "earlier moment")
    if card.changes:
        screen.blank()
        screen.line(("CHANGED", HEAD))
        for change in card.changes[:latest]:
            _changed(screen, change, zone)
        _more(screen, len(card.changes), latest, "earlier change")


def _more(screen: Screen, known: int, latest: int | None, what: str) -> None:
    if latest is not None and known > latest:
        screen.line((f"{plural(known - latest, what)}: --limit", QUIET), indent=2)


def _changed(screen: Screen, one: Changed, zone: str) -> None:
    """A change in a line, and below it what it did."""
    by = ((f"  {one.caller}", QUIET),) if one.caller else ()
    screen.line((f"{local_time(one.at, zone):%Y-%m-%d %H:%M}", QUIET), (f"  care {one.command}".rstrip(), TYPED), *by,
                indent=2)  # fmt: skip
    for words in one.what:
        screen.line(words, indent=4)


def _moment(one: TimelineEntry, zone: str) -> list[Cell]:
    on = local_date(one.at, zone)
    words = f"“{one.words}”" if one.words and one.ref is None else one.words or ""
    what = f"{one.what} (private)" if one.private else one.what
    return [Cell(on.isoformat(), QUIET), Cell(one.ref or "", TYPED), Cell(what), Cell(words, cut=False)]


def _facts(card: CustomerCard) -> list[tuple[str, str]]:
    facts = []
    for contact in card.contacts:
        shown = phone(contact.value) if contact.kind is ContactKind.PHONE else contact.value
        if contact.usable is Usable.UNCHECKED:
            shown = f"{contact.original} (unchecked)"
        elif contact.usable is Usable.NO:
            shown += " (wrong number)"
        facts.append((contact.kind.value, shown))
    standing = standing_said(card.standing)
    if card.standing is Eligibility.RESTING and card.free_on:
        standing += f" until {say_date(card.free_on)}"
    if card.standing is Eligibility.PAUSED and card.paused_until:
        standing += f" until {say_date(card.paused_until)}"
    facts.append(("standing", f"{standing}: {card.reason}" if card.reason else standing))
    if card.last_heard_on is not None and card.silent_days is not None:
        facts.append(("heard", f"{say_date(card.last_heard_on)}, {span_words(card.silent_days)} ago"))
    else:
        facts.append(("heard", "never"))
    optional = (
        ("also", ", ".join(card.also) or None),
        ("stance", card.stance.value if card.stance else None),
        ("remember", f"“{card.remember}”" if card.remember else None),
        ("segment", card.segment),
        ("country", card.country),
        ("zone", card.zone),
        ("prefers", card.prefers),
        ("owner", card.owner),
        ("spend", None if card.spend is None else f"{card.spend:,.12g}"),
        ("birthday", card.birthday),
        ("since", say_date(card.joined_on) if card.joined_on else None),
    )
    return facts + [(label, words) for label, words in optional if words]
