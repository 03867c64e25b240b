"""The screen of the selection report: in plain words, and no more than can be said."""

from care.reports.selection.records import Selection, Spread
from care.text import listing, plural
from care.times.when import say_date
from care.views.terminal.screen import HEAD, QUIET, TYPED, WAITING, Cell, Screen
from care.views.terminal.words import not_drawn

LABEL = 13


def show_selection(screen: Screen, found: Selection) -> None:
    """The verdict, who has no chance, how the drawn compare, who answered, and what is on record beside."""
    drawn = plural(found.draws, "draw")
    screen.quote("SELECTION", found.verdict, LABEL, HEAD, WAITING if found.verdict.startswith("a sign") else "")
    began = f"The store was begun on {say_date(found.begun_on)} with the key {found.key}; {drawn} since."
    screen.line((began, QUIET), indent=2)
    could = f"{found.eligible:,} of {found.customers:,} could be drawn today."
    if found.no_chance:
        could += f" No chance as they stand: {not_drawn(found.no_chance)}."
    screen.line(could, indent=2)
    for spread in found.spreads:
        screen.blank()
        _spread(screen, spread)
    screen.blank()
    _answers(screen, found)
    _conduct(screen, found)
    _record(screen, found)


def _spread(screen: Screen, spread: Spread) -> None:
    screen.line((f"by {spread.what}", HEAD), f": {spread.verdict}", indent=2)
    rows = [
        [
            Cell("", QUIET),
            Cell("drawn", QUIET, right=True),
            Cell("by its share", QUIET, right=True),
            Cell("of", QUIET, right=True),
        ]
    ]
    rows += [
        [
            Cell(one.name, cut=True),
            Cell(f"{one.drawn:,}", right=True),
            Cell(f"{one.expected:,.1f}", QUIET, right=True),
            Cell(f"{one.customers:,}", QUIET, right=True),
        ]
        for one in spread.groups
    ]
    screen.rows(rows, indent=4)


def _answers(screen: Screen, found: Selection) -> None:
    cases, rates = found.cases, found.rates
    if not rates.cases:
        return
    ended = [
        f"{cases.interviews:,} talked with us",
        f"{cases.refusals:,} refused",
        f"{cases.noncontacts:,} were never reached",
    ]
    if cases.unknown:
        ended.append(f"{cases.unknown:,} had a wrong number")
    screen.line(f"Of {plural(rates.cases, 'customer')} drawn whose last call is closed, {listing(ended)}.", indent=2)
    if rates.cooperation is not None:
        words = f"Of those we reached, {100 * rates.cooperation:.0f} % talked: what is heard is heard from them."
        screen.line((words, QUIET), indent=2)


def _conduct(screen: Screen, found: Selection) -> None:
    said = [
        f"{one.caller} skipped {one.skipped} and let {one.lapsed} lapse"
        for one in found.callers
        if one.skipped or one.lapsed
    ]
    if said:
        screen.line(f"Drawn and not called: {'; '.join(said)}. They come first next week.", indent=2)


def _record(screen: Screen, found: Selection) -> None:
    record = found.record
    counted = (
        (record.policy_changes, "change of policy", "changes of policy"),
        (record.undone, "change taken back", "changes taken back"),
        (record.forgotten, "customer forgotten", "customers forgotten"),
        (record.merged, "customer merged into another", "customers merged into others"),
        (record.resized, "week drawn with another number than usual", "weeks drawn with another number than usual"),
        (record.hand_set, "draw under a clock set by hand", "draws under a clock set by hand"),
    )
    beside = [plural(n, one, many) for n, one, many in counted if n]
    words = listing(beside) if beside else "nothing that could bend it"
    screen.line((f"On record beside the draws: {words}.", QUIET), indent=2)
    screen.line(("Whether each draw took the names it had to: ", QUIET), ("care verify", TYPED), indent=2)
