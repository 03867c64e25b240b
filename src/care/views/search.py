"""Screens of what a search found."""

from collections.abc import Iterator

from care.interviews.search import Hit, SearchResult
from care.views.screen import HEAD, QUIET, TYPED, WAITING, Screen

HIT = "bold yellow"

LINES = 2
"""So many lines a passage takes on a terminal; in a pipe it is whole."""

BEFORE = 40
"""How many characters before the first hit are shown, where the passage has to be cut."""


def show_found(screen: Screen, found: SearchResult) -> None:
    """Customers of that name, then each passage with its day, whose it is and what, the hits marked in it."""
    if not found.hits:
        screen.line("Nothing like that was said, and nobody is called so.")
    for hit in found.hits:
        if hit.kind == "customer":
            screen.line((hit.ref or "", TYPED), f"  {hit.words}", ("  customer", QUIET))
        else:
            _passage(screen, hit)
    shown, said = len(found.hits), "or more " if found.at_least else ""
    if found.hits and (shown < found.total or found.at_least):
        screen.line((f"{shown:,} of {found.total:,} {said}hits. More with --limit.", QUIET))
    if found.reached is not None:
        screen.line(
            (f"Looked through the {found.reached:,} latest with these words. One more word narrows it.", WAITING)
        )


def _passage(screen: Screen, one: Hit) -> None:
    day = "" if one.said_on is None else one.said_on.isoformat()
    who = "" if one.customer is None else one.customer.name
    if one.customer is not None and one.customer.company:
        who += f", {one.customer.company}"
    private = (("  private", WAITING),) if one.private else ()
    ref = ((f"  {one.ref}", TYPED),) if one.ref else ()
    screen.line((day, QUIET), (f"  {who}" if who else "", HEAD), f"  {one.what}", *ref, *private, hang=12)
    screen.line("“", *_marked(one, LINES * (screen.width - 4) if screen.is_terminal else None), "”", indent=2)


def _marked(one: Hit, room: int | None) -> Iterator[str | tuple[str, str]]:
    """The words in pieces, the hits among them in their colour; cut around the first hit where there is no room."""
    start, end = 0, len(one.words)
    if room is not None and end > room:
        first = one.marked[0][0] if one.marked else 0
        start = max(0, min(first - BEFORE, end - room + 1))
        end = min(end, start + room - 2)
    if start:
        yield "…"
    place = start
    for begins, ends in one.marked:
        if ends > start and begins < end:
            yield one.words[place : max(begins, start)]
            yield one.words[max(begins, start) : min(ends, end)], HIT
            place = min(ends, end)
    yield one.words[place:end]
    if end < len(one.words):
        yield "…"
