"""The screen of a verification."""

from care.calls.seal import spoken
from care.text import plural
from care.times.weeks import Week
from care.verify.findings import Verification
from care.views.screen import BROKEN, HEAD, QUIET, WAITING, WELL, Screen


def show_verification(screen: Screen, found: Verification) -> None:
    """What was looked at, in one sentence, and each thing that does not fit."""
    if not found.draws:
        screen.line(("Nothing was drawn yet.", HEAD))
    elif not found.problems:
        all_of = "The one draw" if found.draws == 1 else f"All {found.draws} draws"
        screen.line((f"{all_of} verified.", WELL))
        screen.line("Given what was on record at each moment, every draw took exactly the names its turn required.")
        screen.line(("Whether the record was true, care cannot know.", QUIET))
    else:
        screen.line((f"{found.verified} of {plural(found.draws, 'draw')} verified.", BROKEN))
    for problem in found.problems:
        week = f"week {Week.parse(problem.week).number}, {problem.week[:4]}: " if problem.week else ""
        screen.line((week, HEAD), problem.what, indent=2)
    if found.erased:
        screen.line((f"{found.erased} erased: place no longer checkable.", WAITING))
    if found.seen_in:
        screen.line(
            (f"The seal {spoken(found.seen or '')} is of week {found.seen_in}: nothing was rewritten since.", WELL)
        )
    if found.head:
        screen.line(("Last seal ", QUIET), spoken(found.head))
