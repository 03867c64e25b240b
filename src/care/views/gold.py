"""Screens of gold: veins, what is not gathered yet, and what may be gathered."""

from care.gold.records import GoldList, GoldPassage, Loosened, Suggestion, Suggestions, VeinRecord, WholeVein
from care.reports.gold import PATIENCE_DAYS
from care.reports.lines import STATE
from care.text import listing, plural
from care.times.when import say_date
from care.views.screen import HEAD, QUIET, TYPED, WAITING, WELL, Cell, Screen
from care.words import GoldKind, VeinState

FEW = 10
"""So many loose passages are shown on a terminal."""

_KINDS = {GoldKind.WISH: ("wish", "wishes"), GoldKind.TRIGGER: ("trigger", "triggers")}


def became(vein: VeinRecord | WholeVein) -> tuple[str, str]:
    """What became of a vein, in a few words, and its colour."""
    if vein.state is VeinState.ISSUE and vein.issue is not None:
        return f"i{vein.issue.id} {vein.issue.state.value}", STATE[vein.issue.state]
    if vein.state is VeinState.PROMISE:
        return "our promise", WELL
    if vein.state is VeinState.DROPPED:
        return "dropped", QUIET
    age = f", {plural(vein.age_days, 'day')}" if vein.age_days else ""
    return f"nothing yet{age}", WAITING if vein.age_days >= PATIENCE_DAYS else ""


def vein_cells(vein: VeinRecord | WholeVein) -> list[Cell]:
    """One line of a list."""
    words, style = became(vein)
    return [
        Cell(vein.ref, TYPED),
        Cell(vein.title, QUIET if vein.state is VeinState.DROPPED else "", cut=True),
        Cell(vein.kind.value, QUIET, drop=True),
        Cell(plural(vein.customers, "customer"), right=True),
        Cell(words, style),
    ]


def show_gold(screen: Screen, gold: GoldList) -> None:
    """The veins by the number of customers, then what is not gathered yet."""
    if not gold.veins and not gold.total:
        screen.line("No wish and no trigger was noted yet.")
        return
    if gold.veins:
        screen.line(("VEINS", HEAD), "  ", plural(len(gold.veins), "vein"))
        screen.rows([vein_cells(vein) for vein in gold.veins])
    if not gold.total:
        return
    if gold.veins:
        screen.blank()
    screen.line(("LOOSE", HEAD), "  ", f"{plural(gold.total, 'passage')} not gathered yet")
    shown = gold.loose[:FEW] if screen.is_terminal else gold.loose
    for passage in shown:
        _passage(screen, passage)
    if gold.total > len(shown):
        screen.line((f"and {gold.total - len(shown):,} more", QUIET), indent=2)


def show_vein(screen: Screen, vein: WholeVein) -> None:
    """A vein with what everyone said."""
    words, style = became(vein)
    screen.sides(f"{vein.ref} {vein.title}", words, right_style=style or QUIET)
    said = "" if vein.said == vein.customers else f", in {vein.said} passages"
    kind, people = _KINDS[vein.kind][vein.said != 1], plural(vein.customers, "customer")
    screen.line((f"{kind.capitalize()} of {people}{said}. Gathered {say_date(vein.opened_on)}.", QUIET), indent=2)
    if vein.issue is not None and vein.issue.title != vein.title:
        screen.line((f"i{vein.issue.id}", TYPED), f" {vein.issue.title}", indent=2)
    if vein.promise is not None:
        screen.line("We promise: ", (f"“{vein.promise}”", HEAD), indent=2)
        if vein.asked:
            screen.line((f"Its keeping is asked about in later calls: {vein.question}.", QUIET), indent=2)
    for passage in vein.passages:
        _passage(screen, passage)


def show_loosened(screen: Screen, done: Loosened) -> None:
    """What is loose again, and what is left."""
    screen.line(("LOOSE", HEAD), "  ", "not gathered any more")
    for passage in done.loose:
        _passage(screen, passage)
    for ref in done.gone:
        screen.line(f"{ref} is gone: nothing is left in it.")
    for vein in done.veins:
        screen.line((vein.ref, TYPED), f" {vein.title} has {plural(vein.customers, 'customer')} left.")


def show_suggestions(screen: Screen, suggestions: Suggestions) -> None:
    """Everything that may be gathered."""
    if not suggestions.total:
        screen.line("Nothing more sounds alike.")
        return
    for number, suggestion in enumerate(suggestions.suggestions, 1):
        if number > 1:
            screen.blank()
        show_suggestion(screen, suggestion, number, suggestions.total)
    if len(suggestions.suggestions) < suggestions.total:
        screen.blank()
        screen.line((f"and {suggestions.total - len(suggestions.suggestions):,} more", QUIET))


def show_suggestion(screen: Screen, suggestion: Suggestion, number: int, total: int) -> None:
    """One thing that may be gathered, with what was said and the words they share."""
    where = f"into g{suggestion.vein} {suggestion.title}: " if suggestion.vein is not None else ""
    shared = f", sharing {listing(list(suggestion.shared))}" if suggestion.shared else ""
    people = plural(suggestion.customers, "customer")
    screen.line((f"{number} of {total}", HEAD), "  ", f"{where}{_KINDS[suggestion.kind][1]} of {people}{shared}")
    for passage in suggestion.passages:
        _passage(screen, passage)


def _passage(screen: Screen, passage: GoldPassage) -> None:
    who = f"{passage.customer.name}, {say_date(passage.said_on)}"
    words = f"“{passage.words}”"
    if screen.fits(words, who, 8):
        screen.ends(passage.ref, words, who, 8, TYPED)
    else:
        screen.quote(passage.ref, words, 8, TYPED, indent=2)
        screen.line((who, QUIET), indent=8)
