"""The report of the gold: the veins by the number of customers, and what became of each."""

from care.reports.gold import GoldReport, KeptShare, VeinOutcome
from care.statistics.estimates import TREND
from care.text import listing, plural
from care.times.when import say_date
from care.views.issues import STATE
from care.views.screen import HEAD, QUIET, TYPED, WAITING, WELL, Cell, Screen
from care.words import VeinState

LABEL = 13


FEW = 10


def gold_sentence(found: GoldReport) -> tuple[str, str]:
    """What there is in one sentence, and its colour; empty where there is nothing."""
    parts = [plural(len(found.veins), "vein")] if found.veins else []
    if found.loose:
        parts.append(f"{plural(found.loose, 'passage')} to gather")
    late = [one for one in found.veins if one.idle_days is not None]
    if late:
        longest = max(one.idle_days or 0 for one in late)
        names = [f"{one.ref} {one.title}" for one in late[:2]]
        names += [f"{len(late) - 2} more"] if len(late) > 2 else []
        parts.append(f"nothing came of {listing(names)} for {plural(longest, 'day')}")
    return ", ".join(parts), WAITING if late else ""


def show_gold_report(screen: Screen, found: GoldReport) -> None:
    """The sentence, a line for each vein, and how promises are kept."""
    words, style = gold_sentence(found)
    if words:
        screen.quote("GOLD", words, LABEL, HEAD, style)
    else:
        screen.quote("GOLD", "no wish and no trigger was noted yet", LABEL, HEAD, QUIET)
    shown = found.veins[:FEW] if screen.is_terminal else found.veins
    screen.rows([_cells(one) for one in shown])
    if len(shown) < len(found.veins):
        screen.line((f"and {len(found.veins) - len(shown)} more", QUIET), indent=2)
    for one in shown:
        if one.promise is not None:
            screen.line((one.ref, TYPED), f"  we promise “{one.promise}” ", (kept_words(one.kept), QUIET), indent=2)


def became(one: VeinOutcome) -> tuple[str, str]:
    """What became of a vein, in a few words, and its colour."""
    if one.state is VeinState.ISSUE:
        return (f"i{one.issue.id} {one.issue.state.value}", STATE[one.issue.state]) if one.issue else ("an issue", "")
    if one.state is VeinState.PROMISE:
        return "our promise", WELL
    if one.state is VeinState.DROPPED:
        return "dropped", QUIET
    if one.idle_days is not None:
        return f"nothing for {plural(one.idle_days, 'day')}", WAITING
    return "nothing yet", ""


def kept_words(kept: KeptShare | None) -> str:
    """How a promise is kept, as far as that can be said."""
    if kept is None:
        return "Nobody was asked yet."
    part = f"{kept.part * 100:.0f} % ({kept.low * 100:.0f}–{kept.high * 100:.0f} %)"
    few = ", too few for a trend" if kept.of < TREND else ""
    return f"Kept for {kept.good} of {kept.of} asked since {say_date(kept.since)}: {part}{few}."


def _cells(one: VeinOutcome) -> list[Cell]:
    words, style = became(one)
    return [
        Cell(one.ref, TYPED),
        Cell(one.title, QUIET if one.state is VeinState.DROPPED else "", cut=True),
        Cell(one.kind.value, QUIET, drop=True),
        Cell(plural(one.customers, "customer"), right=True),
        Cell(words, style),
    ]
