"""What was written on a sheet, made into validated notes; a line that cannot be meant is named."""

from collections.abc import Callable, Mapping
from datetime import datetime, time
from typing import Any, NamedTuple, TypeVar

from pydantic import ValidationError

from care.errors import CareError
from care.interviews.notes import CallNotes, FoundGold, MadePromise, RaisedIssue, ToldIssue, issue_said, promise_said
from care.interviews.sheets.filled import BadLine, FilledForm, FormLine
from care.text import fold
from care.times.when import parse_past, parse_when
from care.times.zones import as_instant, local_date
from care.words import GoldKind, How, IssueKind, Outcome, Reading, Stance

_Read = TypeVar("_Read")


class FormContext(NamedTuple):
    """What a sheet does not say of itself: the present, the zone, who may have called, and when it was if unsaid."""

    now: datetime
    zone: str
    callers: Mapping[str, str]
    caller: str
    at: datetime


def notes_of(filled: FilledForm, context: FormContext) -> CallNotes:
    """The notes a sheet makes. Raises BadLine."""
    when = filled.fields.get("when")
    at = context.at if when is None else _checked(filled, when, lambda said: _instant(said, context))
    said: dict[str, Any] = {"at": at, "caller": context.caller}
    named = filled.fields.get("caller")
    if named is not None:
        said["caller"] = context.callers.get(fold(named.text))
        if said["caller"] is None:
            team = ", ".join(context.callers.values())
            raise BadLine(filled.name, named.number, f"nobody in the team is called “{named.text}”: {team}.")
    for name, words in (("outcome", Outcome), ("how", How), ("stance", Stance)):
        if name in filled.fields:
            said[name] = words(filled.fields[name].text)
    for name in ("sold", "defended"):
        if name in filled.fields:
            said[name] = filled.fields[name].text == "yes"
    if "minutes" in filled.fields:
        said["minutes"] = filled.fields["minutes"].text
    if "with" in filled.fields:
        names = filled.fields["with"].text.split(",")
        said["listeners"] = tuple(name.strip() for name in names if name.strip())
    if "again" in filled.fields:
        again = _checked(filled, filled.fields["again"], lambda text: parse_when(text, at, context.zone))
        said |= {"again_on": again.day, "again_at": again.instant}
    said["answers"] = {key: "\n".join(line.text for line in lines) for key, lines in filled.answers.items()}
    said["readings"] = {key: Reading(line.text) for key, line in filled.readings.items()}
    said["told"] = tuple(ToldIssue(id=one.issue, reaction=one.reaction) for one in filled.told)
    said |= _marked(filled, at, context.zone)
    return _validated(filled, said)


def _instant(said: str, context: FormContext) -> datetime:
    when = parse_past(said, context.now, context.zone)
    if when.instant is not None:
        return when.instant
    if when.day == local_date(context.now, context.zone):
        return context.now
    return as_instant(when.day, time(12), context.zone).instant


def _marked(filled: FilledForm, at: datetime, zone: str) -> dict[str, Any]:
    issues: list[RaisedIssue] = []
    promises: list[MadePromise] = []
    gold: list[FoundGold] = []
    remember: list[str] = []
    for one in filled.marked:
        line = FormLine(one.number, one.text)
        if one.marker in ("issue", "failure"):
            kind = IssueKind(one.marker)
            issues.append(_checked(filled, line, lambda text, kind=kind: issue_said(text, kind)))  # type: ignore[misc]
        elif one.marker == "promise":
            promises.append(_checked(filled, line, lambda text: promise_said(text, at, zone)))
        elif one.marker == "remember":
            remember.append(one.text)
        else:
            gold.append(FoundGold(kind=GoldKind(one.marker), words=one.text))
    return {
        "issues": tuple(issues),
        "promises": tuple(promises),
        "gold": tuple(gold),
        "remember": "\n".join(remember) or None,
    }


def _checked(filled: FilledForm, line: FormLine, read: Callable[[str], _Read]) -> _Read:
    try:
        return read(line.text)
    except CareError as error:
        raise BadLine(filled.name, line.number, error.sentence) from None


def _validated(filled: FilledForm, said: dict[str, Any]) -> CallNotes:
    try:
        return CallNotes(**said)
    except ValidationError as error:
        first = error.errors()[0]
        where = str(first["loc"][0]) if first["loc"] else ""
        wrong = first["msg"].removeprefix("Value error, ")
        if first["type"].startswith("int_"):
            wrong = f"“{first['input']}” is no whole number; write it like 20"
        what = f"{where + ': ' if where else ''}{wrong}."
        raise BadLine(filled.name, _line_of(filled, where), what) from None


def _line_of(filled: FilledForm, where: str) -> int:
    """The line a field stands on; where it is about several, the line that says what became of the call."""
    found = filled.fields.get({"listeners": "with"}.get(where, where)) or filled.fields.get("outcome")
    return found.number if found else 1
