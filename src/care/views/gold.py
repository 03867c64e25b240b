"""Screens of gold: veins, what is not gathered yet, and what may be gathered."""

from care.gold.records import GoldList, GoldPassage, Loosened, Suggestion, Suggestions, VeinRecord, WholeVein
from care.reports.gold import PATIENCE_DAYS
from care.text import listing, plural
from care.times.when import say_date
from care.views.issues import STATE
from care.views.screen import HEAD, QUIET, TYPED, WAITING, WELL, Cell, Screen
from care.words import GoldKind, VeinState

FEW = 10
"""So many loose passages are shown on a terminal."""


_KINDS = {GoldKind.WISH: ("wish", "wishes"), GoldKind.TRIGGER: ("trigger", "triggers")}


def became(one: VeinRecord) -> tuple[str, str]:
    """What became of a vein, in a few words, and its colour."""
    if one.state is VeinState.ISSUE and one.issue is not None:
        return f"i{one.issue.id} {one.issue.state.value}", STATE[one.issue.state]
    if one.state is VeinState.PROMISE:
        return "our promise", WELL
    if one.state is VeinState.DROPPED:
        return "dropped", QUIET
    age = f", {plural(one.age_days, 'day')}" if one.age_days else ""
    return f"nothing yet{age}", WAITING if one.age_days >= PATIENCE_DAYS else ""


def vein_cells(one: VeinRecord) -> list[Cell]:
    """One line of a list."""
    words, style = became(one)
    return [
        Cell(one.ref, TYPED),
        Cell(one.title, QUIET if one.state is VeinState.DROPPED else "", cut=True),
        Cell(one.kind.value, QUIET, drop=True),
        Cell(plural(one.customers, "customer"), right=True),
        Cell(words, style),
    ]


def show_gold(screen: Screen, found: GoldList) -> None:
    """The veins by the number of customers, then what is not gathered yet."""
    if not found.veins and not found.total:
        screen.line("No wish and no trigger was noted yet.")
        return
    if found.veins:
        screen.line(("VEINS", HEAD), "  ", plural(len(found.veins), "vein"))
        screen.rows([vein_cells(one) for one in found.veins])
    if not found.total:
        return
    if found.veins:
        screen.blank()
    screen.line(("LOOSE", HEAD), "  ", f"{plural(found.total, 'passage')} not gathered yet")
    shown = found.loose[:FEW] if screen.is_terminal else found.loose
    for one in shown:
        _passage(screen, one)
    if found.total > len(shown):
        screen.line((f"and {found.total - len(shown):,} more", QUIET), indent=2)


def show_vein(screen: Screen, one: WholeVein) -> None:
    """A vein with what everyone said."""
    words, style = became(one)
    screen.sides(f"{one.ref} {one.title}", words, right_style=style or QUIET)
    said = "" if one.said == one.customers else f", in {one.said} passages"
    kind, people = _KINDS[one.kind][one.said != 1], plural(one.customers, "customer")
    screen.line((f"{kind.capitalize()} of {people}{said}. Gathered {say_date(one.opened_on)}.", QUIET), indent=2)
    if one.issue is not None and one.issue.title != one.title:
        screen.line((f"i{one.issue.id}", TYPED), f" {one.issue.title}", indent=2)
    if one.promise is not None:
        screen.line("We promise: ", (f"“{one.promise}”", HEAD), indent=2)
        if one.asked:
            screen.line((f"Its keeping is asked about in later calls: {one.question}.", QUIET), indent=2)
    for passage in one.passages:
        _passage(screen, passage)


def show_loosened(screen: Screen, done: Loosened) -> None:
    """What is loose again, and what is left."""
    screen.line(("LOOSE", HEAD), "  ", "not gathered any more")
    for one in done.loose:
        _passage(screen, one)
    for ref in done.gone:
        screen.line(f"{ref} is gone: nothing is left in it.")
    for vein in done.veins:
        screen.line((vein.ref, TYPED), f" {vein.title} has {plural(vein.customers, 'customer')} left.")


def show_suggestions(screen: Screen, found: Suggestions) -> None:
    """Everything that may be gathered."""
    if not found.total:
        screen.line("Nothing more sounds alike.")
        return
    for number, one in enumerate(found.suggestions, 1):
        if number > 1:
            screen.blank()
        show_suggestion(screen, one, number, found.total)
    if len(found.suggestions) < found.total:
        screen.blank()
        screen.line((f"and {found.total - len(found.suggestions):,} more", QUIET))


def show_suggestion(screen: Screen, one: Suggestion, number: int, total: int) -> None:
    """One thing that may be gathered, with what was said and the words they share."""
    where = f"into g{one.vein} {one.title}: " if one.vein is not None else ""
    shared = f", sharing {listing(list(one.shared))}" if one.shared else ""
    people = plural(one.customers, "customer")
    screen.line((f"{number} of {total}", HEAD), "  ", f"{where}{_KINDS[one.kind][1]} of {people}{shared}")
    for passage in one.passages:
        _passage(screen, passage)


def _passage(screen: Screen, one: GoldPassage) -> None:
    who = f"{one.customer.name}, {say_date(one.said_on)}"
    said = f"“{one.words}”"
    if screen.fits(said, who, 8):
        screen.ends(one.ref, said, who, 8, TYPED)
    else:
        screen.quote(one.ref, said, 8, TYPED, indent=2)
        screen.line((who, QUIET), indent=8)
