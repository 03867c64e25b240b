"""Going through what may be gathered, one suggestion at a time; off a terminal they are listed."""

from typing import TYPE_CHECKING, NamedTuple

from care.cli.run import Run
from care.text import plural

if TYPE_CHECKING:
    from care.gold.records import Suggestion, Suggestions, WholeVein


class _Agreed(NamedTuple):
    suggestion: "Suggestion"
    title: str


def go_through(run: Run, found: "Suggestions") -> None:
    """Asks about each suggestion and gathers what the person agrees to, all of it in one change.

    Whoever breaks off keeps what they agreed to before.
    """
    from care.views.gold import show_suggestions

    if not run.is_terminal or not found.total:
        run.show(found, show_suggestions)
        first = next(iter(found.suggestions), None)
        if first is None:
            run.hint("Put any together yourself: care gold gather w3 w7 --title TEXT")
        else:
            run.hint(f"Agree to one: {_command(first)}")
        return
    agreed: list[_Agreed] = []
    try:
        _ask(run, found, agreed)
    finally:
        if agreed:
            _gather(run, agreed)
    if not agreed:
        run.hint("Nothing was gathered. Put any together yourself: care gold gather w3 w7 --title TEXT")


def _command(one: "Suggestion") -> str:
    refs = " ".join(passage.ref for passage in one.passages)
    return f"care gold gather {refs} " + ("--title TEXT" if one.vein is None else f"--into g{one.vein}")


def _ask(run: Run, found: "Suggestions", agreed: list[_Agreed]) -> None:
    from care.cli.input.asking import ask, ask_key
    from care.views.gold import show_suggestion

    for number, one in enumerate(found.suggestions, 1):
        if number > 1:
            run.talk.blank()
        show_suggestion(run.talk, one, number, found.total)
        where = (
            f"Put into g{one.vein}?  [y]es [n]o [q]uit"
            if one.vein is not None
            else (f"Gather as “{one.title}”?  [y]es [n]o [r]ename [q]uit")
        )
        pressed = ask_key(run, f"  {where}", "ynq" if one.vein is not None else "ynrq")
        if pressed == "q":
            return
        if pressed == "r":
            agreed.append(_Agreed(one, ask("  Its title", one.title)))
        elif pressed == "y":
            agreed.append(_Agreed(one, one.title))


def _gather(run: Run, agreed: list[_Agreed]) -> None:
    from care.gold.gather import gather, gather_into
    from care.views.gold import vein_cells

    made: list[WholeVein] = []
    with run.changing() as session:
        for one in agreed:
            refs = [passage.ref for passage in one.suggestion.passages]
            if one.suggestion.vein is None:
                made.append(gather(session, refs, one.title, run.now))
            else:
                made.append(gather_into(session, one.suggestion.vein, refs, run.now))
    run.screen.line(f"Gathered into {plural(len(made), 'vein')}:")
    run.screen.rows([vein_cells(one) for one in made])
    run.hint(f"Next: care gold issue {made[0].ref}, or care gold promise {made[0].ref} TEXT. care undo takes it back.")
