"""The selection report in plain words, and no more than can be said."""

from collections.abc import Iterator, Sequence

from care.reports.blocks import HEAD, QUIET, TYPED, WAITING, Block, Cell, Gap, Table, TextLine, Words, lead, line
from care.reports.records import Report
from care.reports.selection_records import ChosenGroup, Exits, Selection, Spread
from care.reports.wording import not_drawn
from care.text import listing, plural
from care.times.when import say_date
from care.words import Strata


def blocks(section: Selection, report: Report, terminal: bool) -> Iterator[Block]:
    """The verdict, who has no chance, the three questions, who answered, and what is on record beside."""
    drawn = plural(section.draws, "draw")
    yield lead("SELECTION", section.verdict, WAITING if section.verdict.startswith("a sign") else "")
    began = f"The store was begun on {say_date(section.begun_on)} with the key {section.key}; {drawn} since."
    yield line(began, QUIET)
    could = f"{section.eligible:,} of {section.customers:,} could be drawn today."
    if section.waiting:
        could = f"{could[:-1]}; {section.waiting:,} more rest, are paused or have a call, and will be again."
    if section.no_chance:
        could += f" No chance as they stand: {not_drawn(section.no_chance)}"
        spend = section.spend_no_chance
        could += "." if spend is None else f"; theirs is {100 * spend:.0f} % of all spend."
    yield line(could)
    if section.strata != Strata.NONE:
        yield line(f"Each {section.strata} gets its share of every week's calls.")
    if section.spreads:
        yield from _question("Were those drawn like all who could be?", "drawn", section.spreads)
    if section.heard:
        yield from _question("Were those we heard like all who were drawn?", "heard", section.heard)
    yield from _exits(section.exits)
    yield Gap()
    yield from _answers(section)
    yield from _conduct(section)
    yield from _record(section)


def _question(asked: str, some: str, spreads: Sequence[Spread]) -> Iterator[Block]:
    yield Gap()
    yield line(asked, HEAD)
    for spread in spreads:
        yield TextLine((Words(f"by {spread.what}", HEAD), Words(f": {spread.verdict}")), indent=4)
        if spread.medians is not None:
            here, all_ = spread.medians
            words = f"half of the drawn spent more than {here:,.0f}, half of all more than {all_:,.0f}"
            yield line(words, QUIET, indent=6)
        yield from _groups(some, spread.groups)


def _groups(some: str, groups: Sequence[ChosenGroup]) -> Iterator[Block]:
    if not groups:
        return
    heads = ("", some, "by its share", "in all")
    rows = [tuple(Cell(head, QUIET, right=bool(head)) for head in heads)]
    rows += [
        (
            Cell(group.name, cut=True),
            Cell(f"{group.some:,}", right=True),
            Cell(f"{group.expected:,.1f}", QUIET, right=True),
            Cell(f"{group.of:,}", QUIET, right=True),
        )
        for group in groups
    ]
    yield Table(tuple(rows), indent=6)


def _exits(exits: Exits) -> Iterator[Block]:
    if not exits.removed:
        return
    yield Gap()
    yield line("Was anybody taken out just before their turn?", HEAD)
    near = "none was" if not exits.among_next else f"{exits.among_next:,} {'was' if exits.among_next == 1 else 'were'}"
    words = f"Of {plural(exits.removed, 'customer')} taken out by hand, {near} among the next in turn; chance alone "
    yield line(f"{words}makes it about {exits.expected:,.1f}. {_upper(exits.verdict)}.", indent=4)


def _upper(said: str) -> str:
    return said[:1].upper() + said[1:]


def _answers(section: Selection) -> Iterator[Block]:
    cases, rates = section.cases, section.rates
    if not rates.cases:
        return
    ended = [
        f"{cases.interviews:,} talked with us",
        f"{cases.refusals:,} refused",
        f"{cases.noncontacts:,} were never reached",
    ]
    if cases.unknown:
        ended.append(f"{cases.unknown:,} had a wrong number")
    yield line(f"Of {plural(rates.cases, 'customer')} drawn whose last call is closed, {listing(ended)}.")
    if rates.cooperation is not None:
        words = f"Of those we reached, {100 * rates.cooperation:.0f} % talked with us."
        if rates.cooperation == 1:
            words = "Nobody we reached refused to talk."
        yield line(words, QUIET)


def _conduct(section: Selection) -> Iterator[Block]:
    callers = [
        f"{conduct.caller} {listing(done)}"
        for conduct in section.callers
        if (done := [words for n, words in (
            (conduct.skipped, f"skipped {conduct.skipped:,}"), (conduct.lapsed, f"let {conduct.lapsed:,} lapse"),
            (conduct.put_off, f"put off {conduct.put_off:,}"),
        ) if n])
    ]  # fmt: skip
    if callers:
        yield line(f"Drawn and not called in their week: {'; '.join(callers)}. They come first in the next.")


def _record(section: Selection) -> Iterator[Block]:
    record = section.record
    counted = (
        (record.policy_changes, "change of policy", "changes of policy"),
        (record.switched, "switch of the strata", "switches of the strata"),
        (record.undone, "change taken back", "changes taken back"),
        (record.forgotten, "customer forgotten", "customers forgotten"),
        (record.merged, "customer merged into another", "customers merged into others"),
        (record.resized, "week drawn with another number than usual", "weeks drawn with another number than usual"),
        (record.hand_set, "draw under a clock set by hand", "draws under a clock set by hand"),
    )
    beside = [plural(n, singular, many) for n, singular, many in counted if n]
    words = listing(beside) if beside else "nothing that could bend it"
    yield line(f"On record beside the draws: {words}.", QUIET)
    yield TextLine((Words("Whether each draw took the names it had to: ", QUIET), Words("care verify", TYPED)))
