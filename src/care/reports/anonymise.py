"""Leaving names out of what is to be published, and abbreviating them."""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any

from care.reports.records import is_record
from care.text import fold

LEFT_OUT = "…"

_REACHED = re.compile(r"[^\s@]+@[^\s@]+\.\w+|\+?\d[\d ()./-]{5,}\d")

_WORD = re.compile(r"\w+(?:[-'’]\w+)*")

SHORTEST = 3
"""Letters a part of a name has before it counts as one by itself."""


def pairs(text: str) -> Iterator[str]:
    """Every two words that stand beside each other: where a name and a family name could be."""
    words = _WORD.findall(text)
    for first, second in pairwise(words):
        yield f"{first} {second}"


def without_names(text: str, whole: Iterable[str], parts: Iterable[str]) -> str:
    """The text with names, addresses and numbers left out, whatever their case and accents.

    Of ``whole`` the whole name must stand there; of ``parts``, who are known to be meant, any word of the name will do.
    """
    whole, parts = [fold(name) for name in whole], [fold(name) for name in parts]
    names = {tuple(name.split()) for name in (*whole, *parts) if name}
    names |= {(word,) for name in parts for word in name.split() if len(word) >= SHORTEST}
    text = _REACHED.sub(LEFT_OUT, text)
    words = list(_WORD.finditer(text))
    folded = [fold(word[0]) for word in words]
    gone: set[int] = set()
    for at in range(len(words)):
        for name in names:
            run = [*folded[at : at + len(name)]]
            if run and _same(run, name):
                gone |= set(range(at, at + len(name)))
    pieces, end = [], 0
    for at, word in enumerate(words):
        if at in gone:
            before = text[end : word.start()]
            joined = at - 1 in gone and not before.strip()
            pieces += [] if joined else [before, LEFT_OUT]
            end = word.end()
    return "".join([*pieces, text[end:]])


def _same(run: list[str], name: tuple[str, ...]) -> bool:
    """Whether these words are the name, its last one perhaps as the owner of something: Kari's."""
    last = re.sub(r"['’]s?$", "", run[-1])
    return (len(run) == len(name) and (*run[:-1], last) == name) or tuple(run) == name


def initials(name: str) -> str:
    """A name as its initials: ``Kari Nordmann`` becomes ``K. N.``"""
    return " ".join(f"{word[0]}." for word in name.split() if word)


def with_initials(section: Any) -> Any:
    """A record with customers' names as initials and without phones and companies; the team's own names stay."""
    if not is_record(section):
        return tuple(with_initials(part) for part in section) if isinstance(section, tuple) else section
    changed: dict[str, Any] = {}
    for name, value in section._asdict().items():
        if name == "name":
            changed[name] = initials(value)
        elif name in ("phone", "company"):
            changed[name] = None
        elif isinstance(value, tuple):
            changed[name] = with_initials(value)
    return section._replace(**changed)
