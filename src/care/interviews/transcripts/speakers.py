"""Who of the speakers in a transcript is one of us."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from care.interviews.transcripts.drafts import PassageDraft
from care.text import fold


class Speakers(NamedTuple):
    """The speakers that are ours, the others, and whether a name said so or it was only taken to be so."""

    ours: frozenset[str]
    theirs: tuple[str, ...]
    sure: bool


def speakers_of(passages: Sequence[PassageDraft], team: Iterable[str], customer: str) -> Speakers:
    """Who speaks for us: whoever bears a name of the team; else all but the customer; else who speaks least.

    A call is mostly silence on our side, so that is the best guess where no name tells. One alone is never ours.
    """
    spoken = Counter[str]()
    for one in passages:
        if one.speaker is not None:
            spoken[one.speaker] += len(one.words)
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
