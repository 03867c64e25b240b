"""Going through what may be gathered, one suggestion at a time; off a terminal they are listed."""

from typing import TYPE_CHECKING, NamedTuple

from care.cli.run import Run
from care.text import plural

if TYPE_CHECKING:
    from care.gold.records import Suggestion, Suggestions, WholeVein


class _Agreed(NamedTuple):
    suggestion: "Suggestion"
    title: str


def go_through(run: Run, suggestions: "Suggestions") -> None:
    """Asks about each suggestion and gathers what the person agrees to, all of it in one change.

    Whoever breaks off keeps what they agreed to before.
    """
    from care.views.gold import show_suggestions

    if not run.is_terminal or not suggestions.total:
        run.show(suggestions, show_suggestions)
        first = next(iter(suggestions.suggestions), None)
        if first is None:
            run.hint("Put any together yourself: care gold gather w3 w7 --title TEXT")
        else:
            run.hint(f"Agree to one: {_command(first)}")
        return
    agreed: list[_Agreed] = []
    try:
        _ask(run, suggestions, agreed)
    finally:
        if agreed:
            _gather(run, agreed)
    if not agreed:
        run.hint("Nothing was gathered. Put any together yourself: care gold gather w3 w7 --title TEXT")


def _command(suggestion: "Suggestion") -> str:
    refs = " ".join(passage.ref for passage in suggestion.passages)
    return f"care gold gather {refs} " + ("--title TEXT" if suggestion.vein is None else f"--into g{suggestion.vein}")


def _ask(run: Run, suggestions: "Suggestions", agreed: list[_Agreed]) -> None:
    from care.cli.input.asking import ask, ask_key
    from care.views.gold import show_suggestion

    for number, suggestion in enumerate(suggestions.suggestions, 1):
        if number > 1:
            run.talk.blank()
        show_suggestion(run.talk, suggestion, number, suggestions.total)
        where = (
            f"Put into g{suggestion.vein}?  [y]es [n]o [q]uit"
            if suggestion.vein is not None
            else (f"Gather as “{suggestion.title}”?  [y]es [n]o [r]ename [q]uit")
        )
        pressed = ask_key(run, f"  {where}", "ynq" if suggestion.vein is not None else "ynrq")
        if pressed == "q":
            return
        if pressed == "r":
            agreed.append(_Agreed(suggestion, ask("  Its title", suggestion.title)))
        elif pressed == "y":
            agreed.append(_Agreed(suggestion, suggestion.title))


def _gather(run: Run, agreed: list[_Agreed]) -> None:
    from care.gold.gather import gather, gather_into
    from care.views.gold import vein_cells

    veins: list[WholeVein] = []
    with run.changing() as session:
        for choice in agreed:
            refs = [passage.ref for passage in choice.suggestion.passages]
            if choice.suggestion.vein is None:
                veins.append(gather(session, refs, choice.title, run.now))
            else:
                veins.append(gather_into(session, choice.suggestion.vein, refs, run.now))
    run.screen.line(f"Gathered into {plural(len(veins), 'vein')}:")
    run.screen.rows([vein_cells(vein) for vein in veins])
    run.hint(
        f"Next: care gold issue {veins[0].ref}, or care gold promise {veins[0].ref} TEXT. care undo takes it back."
    )
