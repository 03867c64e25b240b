"""After hanging up: which questions sort the notes, one key each, and what the keys make of them."""

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Any, NamedTuple

from care.interviews.note_taking import NoteTaking
from care.interviews.notes import issue_said
from care.interviews.records import CallQuestion, CustomerIssue, Interview
from care.issues.similar import SIMILAR_IN_PASSING, SimilarIssue, similar_titles
from care.owed.records import PromiseRecord
from care.words import IssueState, Reading, Stance

READINGS = {"g": Reading.GOOD, "m": Reading.MIXED, "b": Reading.BAD}

STANCES = {"f": Stance.FAN, "n": Stance.NEUTRAL, "c": Stance.CRITIC}

FIXED_REACTIONS = {"p": "pleased", "n": "not fixed"}

DECLINED_REACTIONS = {"a": "accepted", "u": "unhappy"}

SKIPPED = ""
"""What a question is answered with that was skipped."""

IN_TWO_WEEKS = "in 2 weeks"
"""By when a promise is to be kept whose day nobody said."""


class Ask(StrEnum):
    """What a question is about."""

    READING = "reading"
    IS_ISSUE = "is-issue"
    SAME_AS = "same-as"
    TELL = "tell"
    KEPT = "kept"
    STANCE = "stance"
    SOLD = "sold"
    DEFENDED = "defended"
    BY = "by"
    AGAIN = "again"


class TriageQuestion(NamedTuple):
    """One question. ``ref`` is its name in the unsaved notes; without ``keys`` words are typed.

    ``passage`` are the words it is about, ``near`` the issues they may belong to, ``about`` what is told or was kept.
    """

    ref: str
    ask: Ask
    keys: str = ""
    passage: str = ""
    near: Sequence[SimilarIssue] = ()
    about: CallQuestion | CustomerIssue | PromiseRecord | None = None
    optional: bool = False


def checks(plan: Interview, notes: NoteTaking, pressed: Mapping[str, str]) -> Iterator[TriageQuestion]:
    """The questions that sort these notes, in order; some follow from what was pressed at an earlier one."""
    for question in plan.questions:
        yield from _of_answer(plan, notes, question, pressed)
    for marker in ("issue", "failure"):
        for place, text in enumerate(notes.marked_as(marker)):
            near = similar_titles(text, plan.open_issues)
            if near and not _is_number(text, plan):
                yield TriageQuestion(f"{marker} {place}", Ask.SAME_AS, _choice(near), text, near)
    for issue in plan.tell:
        reactions = DECLINED_REACTIONS if issue.state is IssueState.DECLINED else FIXED_REACTIONS
        yield TriageQuestion(f"tell {issue.id}", Ask.TELL, "".join(reactions), about=issue)
    for promise in plan.promises:
        if promise.due_on <= plan.today:
            yield TriageQuestion(f"kept {promise.id}", Ask.KEPT, "y", about=promise)
    yield TriageQuestion("stance", Ask.STANCE, "".join(STANCES))
    yield TriageQuestion("sold", Ask.SOLD, "yn")
    yield TriageQuestion("defended", Ask.DEFENDED, "yn")
    for place, text in enumerate(notes.marked_as("promise")):
        yield TriageQuestion(f"by {place}", Ask.BY, passage=text)
    yield TriageQuestion("again", Ask.AGAIN)


def _of_answer(
    plan: Interview, notes: NoteTaking, question: CallQuestion, pressed: Mapping[str, str]
) -> Iterator[TriageQuestion]:
    passages = notes.passages(question.key)
    if question.reading and passages:
        yield TriageQuestion(
            f"reading {question.key}", Ask.READING, "".join(READINGS), " ".join(passages), about=question
        )
    found = False
    for place, passage in enumerate(passages):
        near = similar_titles(passage, plan.open_issues, SIMILAR_IN_PASSING)
        if near:
            found = True
            yield TriageQuestion(
                f"passage {question.key} {place}", Ask.SAME_AS, _choice(near), passage, near, optional=True
            )
    noted = any(one.key == question.key and one.marker in ("issue", "failure") for one in notes.marked)
    if pressed.get(f"reading {question.key}") == "b" and not noted and not found:
        yield TriageQuestion(f"passage {question.key} 0", Ask.IS_ISSUE, "y", passages[0])


def _choice(near: Sequence[SimilarIssue]) -> str:
    return ("y" if len(near) == 1 else "".join(str(number) for number in range(1, len(near) + 1))) + "n"


def _is_number(text: str, plan: Interview) -> bool:
    """Whether a note says by its number which of the issues there are it is about."""
    return issue_said(text).id in {issue_id for issue_id, _ in plan.open_issues}


def sorted_notes(plan: Interview, notes: NoteTaking, pressed: Mapping[str, str]) -> dict[str, Any]:
    """What notes and keys say together, by the options of ``care log`` that would say the same."""
    said: dict[str, Any] = {"reading": [], "told": [], "kept": [], "promise": []}
    for check in checks(plan, notes, pressed):
        key = pressed.get(check.ref, SKIPPED)
        if check.ask is Ask.BY:
            said["promise"].append(f"{undated(check.passage)} by {key}" if key else check.passage)
        elif key == SKIPPED or check.ask in (Ask.SAME_AS, Ask.IS_ISSUE):
            continue
        elif isinstance(check.about, CallQuestion):
            said["reading"].append(f"{check.about.key}={READINGS[key].value}")
        elif isinstance(check.about, CustomerIssue):
            said["told"].append(f"i{check.about.id}={(FIXED_REACTIONS | DECLINED_REACTIONS)[key]}")
        elif isinstance(check.about, PromiseRecord):
            said["kept"].append(check.about.id)
        else:
            said[check.ask.value] = STANCES[key] if check.ask is Ask.STANCE else key
    for name in ("sold", "defended"):
        said[name] = said[name] == "y" if name in said else None
    remembered = notes.marked_as("remember")
    return said | {
        "answer": [f"{key}={notes.answer(key)}" for key in notes.answers if notes.answer(key)],
        "issue": _issues(plan, notes, pressed, "failure"),
        "failures": _issues(plan, notes, pressed, "issue"),
        "wish": notes.marked_as("wish"),
        "trigger": notes.marked_as("trigger"),
        "remember": remembered[-1] if remembered else None,
    }


def _issues(plan: Interview, notes: NoteTaking, pressed: Mapping[str, str], without: str = "") -> list[str]:
    """The issues that notes and keys raise, as ``--issue`` says them; what joins one issue is said once.

    Notes marked with the one word are left out: failures are ordinary issues apart.
    """
    found = []
    if without != "issue":
        for question in plan.questions:
            found += [_as_issue(one, pressed[one.ref]) for one in _of_answer(plan, notes, question, pressed)
                      if one.ask is not Ask.READING and pressed.get(one.ref)]  # fmt: skip
    for marker in ("issue", "failure"):
        for place, text in enumerate(notes.marked_as(marker) if marker != without else ()):
            near = similar_titles(text, plan.open_issues)
            key = pressed.get(f"{marker} {place}", SKIPPED)
            asked = TriageQuestion("", Ask.SAME_AS, "", text, near)
            found.append(text if _is_number(text, plan) else _as_issue(asked, key) if near and key else titled(text))
    joined: dict[int, list[str]] = {}
    for text in found:
        raised = issue_said(text)
        if raised.id is not None:
            joined.setdefault(raised.id, []).extend([raised.words] if raised.words else [])
    new = [text for text in found if issue_said(text).id is None]
    return new + [f"i{one}=" + "\n".join(words) if words else f"i{one}" for one, words in joined.items()]


def _as_issue(check: TriageQuestion, key: str) -> str:
    words = check.passage.strip("“”")
    if key == "n" or check.ask is Ask.IS_ISSUE:
        return titled(words)
    return f"i{check.near[0 if key == 'y' else int(key) - 1].id}={words}"


def titled(text: str) -> str:
    """The words of a new issue, so that none of them is read as the number of an issue there is."""
    return text if issue_said(text).id is None else f"“{text}”"


def undated(promise: str) -> str:
    """What was promised without its ``by WHEN``."""
    what, by, _ = promise.rpartition(" by ")
    return what if by else promise
