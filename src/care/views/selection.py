"""The screen of the selection report: in plain words, and no more than can be said."""

from collections.abc import Sequence

from care.reports.selection_records import Exits, Group, Selection, Spread
from care.text import listing, plural
from care.times.when import say_date
from care.views.screen import HEAD, QUIET, TYPED, WAITING, Cell, Screen
from care.views.wording import not_drawn
from care.words import Strata

LABEL = 13


def show_selection(screen: Screen, found: Selection) -> None:
    """The verdict, who has no chance, the three questions, who answered, and what is on record beside."""
    drawn = plural(found.draws, "draw")
    screen.quote("SELECTION", found.verdict, LABEL, HEAD, WAITING if found.verdict.startswith("a sign") else "")
    began = f"The store was begun on {say_date(found.begun_on)} with the key {found.key}; {drawn} since."
    screen.line((began, QUIET), indent=2)
    could = f"{found.eligible:,} of {found.customers:,} could be drawn today."
    if found.waiting:
        could = f"{could[:-1]}; {found.waiting:,} more rest, are paused or have a call, and will be again."
    if found.no_chance:
        could += f" No chance as they stand: {not_drawn(found.no_chance)}"
        spend = found.spend_no_chance
        could += "." if spend is None else f"; theirs is {100 * spend:.0f} % of all spend."
    screen.line(could, indent=2)
    if found.strata != Strata.NONE:
        screen.line(f"Each {found.strata} gets its share of every week's calls.", indent=2)
    if found.spreads:
        _question(screen, "Were those drawn like all who could be?", "drawn", found.spreads)
    if found.heard:
        _question(screen, "Were those we heard like all who were drawn?", "heard", found.heard)
    _exits(screen, found.exits)
    screen.blank()
    _answers(screen, found)
    _conduct(screen, found)
    _record(screen, found)


def _question(screen: Screen, asked: str, some: str, spreads: Sequence[Spread]) -> None:
    screen.blank()
    screen.line((asked, HEAD), indent=2)
    for spread in spreads:
        screen.line((f"by {spread.what}", HEAD), f": {spread.verdict}", indent=4)
        if spread.medians is not None:
            here, all_ = spread.medians
            screen.line((f"half of the drawn spent more than {here:,.0f}, half of all more than {all_:,.0f}", QUIET),
                        indent=6)  # fmt: skip
        _groups(screen, some, spread.groups)


def _groups(screen: Screen, some: str, groups: Sequence[Group]) -> None:
    if not groups:
        return
    heads = ("", some, "by its share", "in all")
    rows = [[Cell(head, QUIET, right=bool(head)) for head in heads]]
    rows += [
        [
            Cell(one.name, cut=True),
            Cell(f"{one.some:,}", right=True),
            Cell(f"{one.expected:,.1f}", QUIET, right=True),
            Cell(f"{one.of:,}", QUIET, right=True),
        ]
        for one in groups
    ]
    screen.rows(rows, indent=6)


def _exits(screen: Screen, exits: Exits) -> None:
    if not exits.removed:
        return
    screen.blank()
    screen.line(("Was anybody taken out just before their turn?", HEAD), indent=2)
    near = "none was" if not exits.among_next else f"{exits.among_next:,} {'was' if exits.among_next == 1 else 'were'}"
    words = f"Of {plural(exits.removed, 'customer')} taken out by hand, {near} among the next in turn; chance alone "
    screen.line(f"{words}makes it about {exits.expected:,.1f}. {_upper(exits.verdict)}.", indent=4)


def _upper(said: str) -> str:
    return said[:1].upper() + said[1:]


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
        words = f"Of those we reached, {100 * rates.cooperation:.0f} % talked with us."
        if rates.cooperation == 1:
            words = "Nobody we reached refused to talk."
        screen.line((words, QUIET), indent=2)


def _conduct(screen: Screen, found: Selection) -> None:
    said = [
        f"{one.caller} {listing(done)}"
        for one in found.callers
        if (done := [words for n, words in (
            (one.skipped, f"skipped {one.skipped:,}"), (one.lapsed, f"let {one.lapsed:,} lapse"),
            (one.put_off, f"put off {one.put_off:,}"),
        ) if n])
    ]  # fmt: skip
    if said:
        screen.line(f"Drawn and not called in their week: {'; '.join(said)}. They come first in the next.", indent=2)


def _record(screen: Screen, found: Selection) -> None:
    record = found.record
    counted = (
        (record.policy_changes, "change of policy", "changes of policy"),
        (record.switched, "switch of the strata", "switches of the strata"),
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
