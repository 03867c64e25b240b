"""Quoting a transcript by time: ``@12:30`` in an answer becomes what the customer said then.

``@12:30-13:10`` is everything they said in between, ``@1:02:30`` has hours. The words stand between quotation marks,
and the time behind them.
"""

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from care.errors import WrongUsage
from care.interviews.notes import CallNotes, RaisedIssue

_CLOCK = r"(?:([0-9]{1,2}):)?([0-9]{1,3}):([0-5][0-9])"
_TIME = re.compile(rf"(?<![\w@])@{_CLOCK}(?:\s*[-–]\s*@?{_CLOCK})?(?![\d:])")
NEAR_MS = 10_000
"""How far beside the time somebody noted the words may begin: one writes while the other speaks on."""


class Spoken(NamedTuple):
    """A passage, and whether one of us spoke it."""

    starts_ms: int
    ends_ms: int
    words: str
    ours: bool


def has_times(notes: CallNotes) -> bool:
    """Whether any words of the notes ask for a quotation."""
    found: list[str] = []

    def look(text: str) -> str:
        found.extend(one[0] for one in _TIME.finditer(text))
        return text

    with_words(notes, look)
    return bool(found)


def quoted(notes: CallNotes, passages: Sequence[Spoken]) -> CallNotes:
    """The notes with the words in place of the times. Raises WrongUsage for a time at which nobody spoke."""
    return with_words(notes, lambda text: _TIME.sub(lambda found: _quote(found, passages), text))


def with_words(notes: CallNotes, change: Callable[[str], str]) -> CallNotes:
    """The notes with everything the customer said or asked for changed that way."""
    return notes.model_copy(
        update={
            "answers": {key: change(said) for key, said in notes.answers.items()},
            "issues": tuple(_issue(one, change) for one in notes.issues),
            "gold": tuple(one.model_copy(update={"words": change(one.words)}) for one in notes.gold),
            "remember": notes.remember and change(notes.remember),
        }
    )


def _issue(one: RaisedIssue, change: Callable[[str], str]) -> RaisedIssue:
    title, words = one.title and change(one.title)[:500], one.words and change(one.words)
    return one.model_copy(update={"title": title, "words": words})


def clock(ms: int) -> str:
    """A time of a transcript as a person writes it: ``2:05``, or ``1:02:05``."""
    seconds = ms // 1000
    hours, minutes = seconds // 3600, seconds // 60 % 60
    return f"{hours}:{minutes:02}:{seconds % 60:02}" if hours else f"{minutes}:{seconds % 60:02}"


def _quote(found: re.Match[str], passages: Sequence[Spoken]) -> str:
    starts = _ms(*found.groups()[:3])
    ends = _ms(*found.groups()[3:]) if found[5] is not None else None
    said = _between(passages, starts, ends) if ends is not None else _at(passages, starts)
    if not said:
        last = max((one.ends_ms for one in passages), default=0)
        raise WrongUsage(f"nobody spoke at {found[0]}; the transcript ends at {clock(last)}. Correct the time.")
    return f"“{' '.join(one.words for one in said)}” ({clock(starts)})"


def _between(passages: Sequence[Spoken], starts: int, ends: int) -> list[Spoken]:
    """What they said in that time, or we, where they were silent; a passage counts that has a part in it."""
    inside = [one for one in passages if one.starts_ms < max(ends, starts + 1) and one.ends_ms > starts]
    return [one for one in inside if not one.ours] or inside


def _at(passages: Sequence[Spoken], at: int) -> list[Spoken]:
    """The passage of theirs that is said at that time or begins or ends nearest to it; of ours where there is none."""
    near = [one for one in passages if one.starts_ms - NEAR_MS <= at <= one.ends_ms + NEAR_MS]
    # The last that began at or before the second that was noted is being said; milliseconds nobody types.
    best = min(near, key=lambda one: (one.ours, _away(one, at), -one.starts_ms), default=None)
    return [] if best is None else [best]


def _away(one: Spoken, at: int) -> int:
    if one.starts_ms < at + 1000 and at < one.ends_ms:
        return 0
    return min(abs(one.starts_ms - at), abs(one.ends_ms - at))


def _ms(hours: str | None, minutes: str, seconds: str) -> int:
    return (int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds)) * 1000
