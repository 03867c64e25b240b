"""Which open issues a new one may be the same as. It is only ever suggested; a person decides."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from care.text import fold

NEAR = 60
"""How alike two titles must be, of 100, to be worth asking about."""

ALIKE = 80
"""How alike two words must be to count as one: drop and drops, invoice and invoices."""

_SMALL = frozenset(
    [
        "a",
        "an",
        "and",
        "are",
        "as",
        "at",
        "be",
        "but",
        "by",
        "do",
        "does",
        "for",
        "from",
        "has",
        "have",
        "i",
        "in",
        "is",
        "it",
        "its",
        "my",
        "no",
        "not",
        "of",
        "on",
        "or",
        "our",
        "so",
        "that",
        "the",
        "their",
        "they",
        "this",
        "to",
        "us",
        "we",
        "with",
        "you",
        "your",
    ]
)


@dataclass(frozen=True, slots=True)
class Near:
    """An issue a new one may be the same as, with the words of its title that both have."""

    id: int
    title: str
    shared: tuple[str, ...]


def near_issues(text: str, known: Sequence[tuple[int, str]], most: int = 3) -> list[Near]:
    """The known issues, of (id, title), that share words with the text and are most like it, the nearest first."""
    from rapidfuzz import fuzz, process

    titles = {issue_id: fold(title) for issue_id, title in known}
    found = process.extract(fold(text), titles, scorer=fuzz.token_set_ratio, score_cutoff=NEAR, limit=most)
    named = dict(known)
    near = [Near(one[2], named[one[2]], shared_words(text, named[one[2]])) for one in found]
    return [one for one in near if one.shared]


def nearest_issue(text: str, known: Sequence[tuple[int, str]]) -> tuple[int, str] | None:
    """The (id, title) of the known issue whose words are most like the text's, or None where none is near."""
    found = near_issues(text, known, 1)
    return (found[0].id, found[0].title) if found else None


def shared_words(text: str, title: str) -> tuple[str, ...]:
    """The words of the title that the text has as well, small ones left out, in the title's order."""
    from rapidfuzz import fuzz

    said = [fold(word) for word in re.findall(r"\w+", text)]
    mine = dict.fromkeys(re.findall(r"\w+", title))
    return tuple(
        word
        for word in mine
        if fold(word) not in _SMALL and any(fuzz.ratio(fold(word), one) >= ALIKE for one in said if one not in _SMALL)
    )
