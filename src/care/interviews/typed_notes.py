"""What a caller types in one line, read into what it is: issues, promises, answers and readings."""

import re
from datetime import datetime

from care.errors import BadSetting, BadWhen, WrongUsage
from care.interviews.notes import MadePromise, RaisedIssue, ToldIssue
from care.times.when import parse_day
from care.words import IssueKind, Reading

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
