"""Transcripts as files give them: who speaks for us, and the customer's words in place of times in the notes."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from care.errors import WrongUsage
from care.interviews.notes import CallNotes, RaisedIssue
from care.text import fold


class FilePassage(NamedTuple):
    """Some words, when they were said in milliseconds from the beginning, and who said them, where that is known."""

    starts_ms: int
    ends_ms: int
    speaker: str | None
    words: str


class TranscriptFile(NamedTuple):
    """A whole transcript; ``digest`` is of the bytes of the file, to know it by."""

    file: str
    digest: str
    passages: tuple[FilePassage, ...]

    @property
    def minutes(self) -> int:
        """How long it is, rounded to minutes."""
        return round(max(passage.ends_ms for passage in self.passages) / 60_000)


class Recording(NamedTuple):
    """A transcript that was read, and who speaks for us in it."""

    file: TranscriptFile
    ours: frozenset[str]


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
            "issues": tuple(_issue(issue, change) for issue in notes.issues),
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
        last = max((passage.ends_ms for passage in passages), default=0)
        raise WrongUsage(f"nobody spoke at {found[0]}; the transcript ends at {clock(last)}. Correct the time.")
    return f"“{' '.join(one.words for one in said)}” ({clock(starts)})"


def _between(passages: Sequence[Spoken], starts: int, ends: int) -> list[Spoken]:
    """What they said in that time, or we, where they were silent; a passage counts that has a part in it."""
    inside = [passage for passage in passages if passage.starts_ms < max(ends, starts + 1) and passage.ends_ms > starts]
    return [one for one in inside if not one.ours] or inside


def _at(passages: Sequence[Spoken], at: int) -> list[Spoken]:
    """The passage of theirs that is said at that time or begins or ends nearest to it; of ours where there is none."""
    near = [passage for passage in passages if passage.starts_ms - NEAR_MS <= at <= passage.ends_ms + NEAR_MS]
    # The last that began at or before the second that was noted is being said; milliseconds nobody types.
    best = min(near, key=lambda one: (one.ours, _away(one, at), -one.starts_ms), default=None)
    return [] if best is None else [best]


def _away(one: Spoken, at: int) -> int:
    if one.starts_ms < at + 1000 and at < one.ends_ms:
        return 0
    return min(abs(one.starts_ms - at), abs(one.ends_ms - at))


def _ms(hours: str | None, minutes: str, seconds: str) -> int:
    return (int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds)) * 1000


class Speakers(NamedTuple):
    """The speakers that are ours, the others, and whether a name said so or it was only taken to be so."""

    ours: frozenset[str]
    theirs: tuple[str, ...]
    sure: bool


def speakers_of(passages: Sequence[FilePassage], team: Iterable[str], customer: str) -> Speakers:
    """Who speaks for us: whoever bears a name of the team; else all but the customer; else who speaks least.

    A call is mostly silence on our side, so that is the best guess where no name tells. One alone is never ours.
    """
    spoken = Counter[str]()
    for passage in passages:
        if passage.speaker is not None:
            spoken[passage.speaker] += len(passage.words)
    names = list(spoken)
    us = frozenset(name for name in names if any(is_same(name, one) for one in team) and not is_same(name, customer))
    sure = True
    if not us and len(names) > 1:
        them = [name for name in names if is_same(name, customer)]
        sure = bool(them)
        us = frozenset(names) - frozenset(them) if them else frozenset([min(names, key=lambda name: spoken[name])])
    return Speakers(us, tuple(name for name in names if name not in us), sure)


def is_same(one: str, other: str) -> bool:
    """Whether two names may be of one person: all the words of the shorter are in the longer."""
    words, more = sorted((set(fold(one).split()), set(fold(other).split())), key=len)
    return bool(words) and words <= more
