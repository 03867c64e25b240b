"""The notes of a call: the one place where they are validated, and what the lines they are made from say."""

import re
from collections.abc import Collection
from datetime import date, datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from care.errors import BadSetting, BadWhen, WrongUsage
from care.times.when import parse_day
from care.words import CallKind, GoldKind, How, IssueKind, Outcome, Reading, Stance

MARKERS = ("issue", "failure", "promise", "wish", "trigger", "remember", "quote")

_MARKED = re.compile(rf"({'|'.join(MARKERS)})\s*:\s*(.*)", re.IGNORECASE | re.DOTALL)


def marker_in(line: str) -> tuple[str, str] | None:
    """The marker a line begins with, and what follows it; None for a line that is only words."""
    found = _MARKED.fullmatch(line.strip())
    return None if found is None else (found[1].lower(), found[2].strip())


def quote_of(text: str) -> str:
    """Words as a customer's own, between quotation marks, once."""
    bare = text.strip()
    return bare if bare[:1] in "“\"'‘«„" and bare[-1:] in "”\"'’»“" and len(bare) > 1 else f"“{bare}”"


LONGEST = 100_000
"""Characters that one answer may have."""

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST)]


class _Note(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class RaisedIssue(_Note):
    """An issue a customer raised: a new one by its title, or one there is already by its id."""

    title: Words | None = None
    id: int | None = None
    words: Words | None = None
    kind: IssueKind = IssueKind.ISSUE


class MadePromise(_Note):
    """Something we said we would do, and by when."""

    what: Words
    due_on: date


class FoundGold(_Note):
    """A passage worth acting on."""

    kind: GoldKind
    words: Words


class ToldIssue(_Note):
    """An issue the customer was told of in this talk, and their reaction."""

    id: int
    reaction: Words | None = None


class CallNotes(_Note):
    """Everything one try yielded. Only a talk that was held has answers and what came out of them.

    ``kept`` are promises of ours that turned out to have been kept.
    """

    outcome: Outcome = Outcome.REACHED
    kind: CallKind | None = None
    how: How = How.PHONE
    at: datetime
    caller: Words
    answers: dict[str, Words] = Field(default_factory=dict)
    readings: dict[str, Reading] = Field(default_factory=dict)
    issues: tuple[RaisedIssue, ...] = ()
    promises: tuple[MadePromise, ...] = ()
    gold: tuple[FoundGold, ...] = ()
    told: tuple[ToldIssue, ...] = ()
    kept: tuple[int, ...] = ()
    remember: Words | None = None
    stance: Stance | None = None
    sold: bool | None = None
    defended: bool | None = None
    again_on: date | None = None
    again_at: datetime | None = None
    listeners: tuple[Words, ...] = ()
    minutes: Annotated[int, Field(ge=0, le=1440)] | None = None

    @model_validator(mode="after")
    def _only_a_talk_yields(self) -> "CallNotes":
        if self.outcome is not Outcome.REACHED:
            given = [name for name in YIELDED if getattr(self, name)]
            if given:
                raise ValueError(f"{given[0]} needs a talk, and the outcome is {self.outcome.value}")
        return self

    def with_more(self, new: "CallNotes", given: Collection[str]) -> "CallNotes":
        """These notes with others put on top: what they answer is replaced, what they found is added.

        ``given`` names what of ``REPLACED`` the others say; all else of it stays.
        """
        return CallNotes(
            **dict(self)
            | {name: getattr(new, name) for name in REPLACED if name in given}
            | {
                "kind": None,
                "answers": {**self.answers, **new.answers},
                "readings": {**self.readings, **new.readings},
                "issues": (*self.issues, *new.issues),
                "promises": (*self.promises, *new.promises),
                "gold": (*self.gold, *new.gold),
                "told": new.told,
                "again_on": new.again_on,
                "again_at": new.again_at,
            }
        )


REPLACED = ("remember", "stance", "minutes", "how", "caller", "at", "listeners")
"""What of a talk there is only one of, beside its answers."""

YIELDED = ("answers", "readings", "issues", "promises", "gold", "told", "kept", "stance", "listeners")
"""What only a held talk can have; remember and again may follow a short "call me in May"."""

_ISSUE = re.compile(r"i([0-9]{1,15})(?:\s*[=:]\s*(.+))?", re.IGNORECASE | re.DOTALL)

_BY = re.compile(r"(.+)\s+by\s+(.+)", re.IGNORECASE | re.DOTALL)


def keyed(said: str, option: str, form: str) -> tuple[str, str]:
    """The key and the text of ``KEY=TEXT``. Raises BadSetting with the form."""
    key, equals, text = said.partition("=")
    if not equals or not key.strip() or not text.strip():
        raise BadSetting(option, said, form)
    return key.strip().lower(), text.strip()


def reading_said(said: str) -> tuple[str, Reading]:
    """The key and the reading of ``KEY=good``. Raises BadSetting."""
    key, word = keyed(said, "--reading", "ease=mixed")
    try:
        return key, Reading(word.lower())
    except ValueError:
        raise BadSetting("--reading", said, "ease=good, ease=mixed or ease=bad") from None


def issue_said(said: str, kind: IssueKind = IssueKind.ISSUE) -> RaisedIssue:
    """A new issue by its title; ``i7`` or ``i7=their words`` joins one there is. Raises WrongUsage for an empty one."""
    found = _ISSUE.fullmatch(said.strip())
    if found is not None:
        return RaisedIssue(id=int(found[1]), words=found[2], kind=kind)
    if not said.strip():
        raise WrongUsage("an issue needs a few words to be known by. Say what is wrong.")
    return RaisedIssue(title=said.strip()[:500], words=said.strip(), kind=kind)


def told_said(said: str) -> ToldIssue:
    """The issue told of and the reaction, of ``i7=pleased`` or ``i7``. Raises BadSetting."""
    found = _ISSUE.fullmatch(said.strip())
    if found is None:
        raise BadSetting("--told", said, "i7=pleased")
    return ToldIssue(id=int(found[1]), reaction=found[2])


def promise_said(said: str, now: datetime, zone: str) -> MadePromise:
    """The promise of ``TEXT by WHEN``; the last ``by`` counts. Raises WrongUsage where no date can be read."""
    found = _BY.fullmatch(said.strip())
    if found is None:
        raise BadSetting("promise", said, "“send the guide by friday”")
    try:
        return MadePromise(what=found[1].strip(), due_on=parse_day(found[2], now, zone))
    except BadWhen as error:
        raise WrongUsage(f"the date of the promise: {error.sentence}") from None
