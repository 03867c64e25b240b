"""Screens of customers who may be one person."""

from collections.abc import Callable

from care.customers.records import DuplicateList, Merged, Person, PossibleDuplicate
from care.text import listing, plural
from care.views.screen import HEAD, QUIET, TYPED, WAITING, Cell, Screen
from care.views.wording import phone
from care.words import DuplicateReason

_WHY = {
    DuplicateReason.EMAIL: "same e-mail",
    DuplicateReason.PHONE: "same phone",
    DuplicateReason.NAME: "near-same name and company",
}

_MOVED = {
    "contact": ("number or address", "numbers and addresses"),
    "call": ("call", "calls"),
    "attempt": ("try", "tries"),
    "answer": ("answer", "answers"),
    "gold": ("wish or trigger", "wishes and triggers"),
    "raiser": ("issue raised", "issues raised"),
    "promise": ("promise", "promises"),
    "touch": ("contact", "contacts"),
}


def show_pairs(screen: Screen, found: DuplicateList) -> None:
    """The pairs nobody has decided on, the likeliest first, two lines each."""
    if not found.total:
        screen.line(("No two customers look like one person.", HEAD))
        return
    words = "pair of customers looks" if found.total == 1 else "pairs of customers look"
    screen.line((f"{found.total:,} {words} like one person, with two chances to be drawn", HEAD))
    for pair in found.pairs:
        screen.line((", ".join(_WHY[DuplicateReason(why)] for why in pair.reasons), WAITING), indent=2)
        screen.rows([_row(pair, pair.one, pair.calls[0]), _row(pair, pair.other, pair.calls[1])], indent=4)
    if len(found.pairs) < found.total:
        screen.line((f"and {found.total - len(found.pairs):,} more, with --limit", QUIET), indent=2)


def show_apart(one: str, other: str) -> Callable[[Screen, DuplicateList], None]:
    """A view of a pair that was found to be two people, and of how many are left."""

    def view(screen: Screen, found: DuplicateList) -> None:
        screen.line((one, HEAD), " and ", (other, HEAD), " are two people.")
        if found.total:
            left = "1 pair is" if found.total == 1 else f"{found.total:,} pairs are"
            screen.line((f"{left} left: ", QUIET), ("care customers duplicates", TYPED), indent=2)

    return view


def _row(pair: PossibleDuplicate, one: Person, talks: int) -> list[Cell]:
    return [
        Cell(str(one.id), TYPED, right=True),
        Cell(one.name, cut=True),
        Cell(one.company or "", QUIET, cut=True),
        Cell(phone(one.phone), QUIET),
        Cell(plural(talks, "talk") if talks else "never heard", QUIET),
    ]


def show_merged(screen: Screen, merged: Merged) -> None:
    """Who is left, and what came to them."""
    screen.line(
        (f"{merged.gone.id} {merged.gone.name}", HEAD), " is now ", (f"{merged.kept.id} {merged.kept.name}", HEAD), "."
    )
    moved = [plural(n, *_MOVED[what]) for what, n in merged.moved.items() if what in _MOVED]
    if moved:
        screen.line((f"{listing(moved)} went along.", QUIET), indent=2)
