"""What the commands about issues ask a person, how they take a step, and whom they name in the end."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from care.cli.input.refs import person_said
from care.cli.run import Run
from care.words import IssueKind, Stance

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from care.issues.records import IssueRecord
    from care.issues.similar import SimilarIssue


NAMED = 6
"""So many of those who have to know are named."""


def raiser_said(run: Run, record: "IssueRecord", who: str) -> int:
    """The raiser meant: among those who raised it a part of the name is enough."""
    from care.issues.find import raiser_named

    named = None if who.strip().isdigit() else raiser_named(record, who)
    return person_said(run, who) if named is None else named


def steps(run: Run, step: Callable[["Session"], int]) -> None:
    """Takes a step in the life of an issue, and shows how it stands."""
    from care.issues.listing import issue
    from care.views.issues import show_issue

    with run.changing() as session:
        number = step(session)
        record = issue(session, number, run.now)
    run.show(record, show_issue)
    what_next(run, record)


def what_next(run: Run, record: "IssueRecord") -> None:
    """Names who has to know, and the natural next command."""
    from care.issues.life import UNSETTLED
    from care.text import listing, plural

    left = [raiser.name for raiser in record.raised_by if not raiser.told]
    if record.state in UNSETTLED:
        run.hint(f"When it is fixed: care issues fix i{record.id} --note TEXT")
    elif left:
        named = left if len(left) <= NAMED else [*left[:NAMED], plural(len(left) - NAMED, "other")]
        verb = "has" if len(left) == 1 else "have"
        run.hint(f"{listing(named)} {verb} to know. What to say: care issues draft i{record.id}")
    else:
        run.hint("Everyone has been told. That is the end of it.")


def same_issue(run: Run, similar: "list[SimilarIssue]") -> int | None:
    """The issue it is the same as, where a person says so."""
    if not similar or not run.is_terminal:
        return None
    from care.cli.input.asking import ask_key
    from care.cli.input.keys import forget_typed_ahead

    run.talk.line("It may be one there is already:")
    for place, issue in enumerate(similar, 1):
        both = ", ".join(issue.shared)
        run.talk.line((f"[{place}]", "cyan"), f"  i{issue.id} {issue.title}", (f"  both: {both}", "dim"), indent=2)
    forget_typed_ahead()
    picked = ask_key(run, "  Its number, or [n]ew", "".join(str(place) for place in range(1, len(similar) + 1)) + "n")
    return similar[int(picked) - 1].id if picked.isdigit() else None


def reaction_asked(run: Run, record: "IssueRecord", stance: Stance | None) -> tuple[str, Stance | None]:
    """What they said when they were told, and after a failure of ours what they are to us now."""
    from care.cli.input.asking import ask, ask_key

    said = ask("What did they say? (“not fixed” opens it again; Enter: nothing)")
    if stance is None and record.kind is IssueKind.FAILURE:
        picked = ask_key(run, "They are a [f]an [n]eutral [c]ritic", "fnc")
        stance = {"f": Stance.FAN, "n": Stance.NEUTRAL, "c": Stance.CRITIC}.get(picked)
    return said, stance
