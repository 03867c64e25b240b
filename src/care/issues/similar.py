"""Which open issues a new one may be the same as. They are only ever suggested; a person decides."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from care.text import fold

SIMILAR = 60
"""How alike an issue and a title must be, of 100, to be worth asking about."""

SIMILAR_IN_PASSING = 80
"""How alike a passage and a title must be where nobody said that the passage is an issue."""

MOST = 3
"""How many are worth choosing from."""

SAME_WORD = 80
"""How alike two words must be to count as one: drop and drops, invoice and invoices."""

_SMALL = frozenset({
    "a", "an", "and", "are", "as", "at", "be", "but", "by", "do", "does", "for", "from", "has", "have", "i", "in", "is",
    "it", "its", "my", "no", "not", "of", "on", "or", "our", "so", "that", "the", "their", "they", "this", "to", "us",
    "we", "with", "you", "your",
})  # fmt: skip


class SimilarIssue(NamedTuple):
    """An issue a new one may be the same as, with the words of its title that both have."""

    id: int
    title: str
    shared: tuple[str, ...]


def similar_titles(text: str, known: Sequence[tuple[int, str]], near: int = SIMILAR) -> list[SimilarIssue]:
    """The known issues, of (id, title), that share words with the text and are most like it, the likest first; few."""
    from rapidfuzz import fuzz, process
    from rapidfuzz.utils import default_process as bare  # without commas, quotation marks and the like

    words = bare(fold(text))
    titles = {place: bare(fold(title)) for place, (_, title) in enumerate(known)}
    hits = process.extract(words, titles, scorer=fuzz.token_set_ratio, score_cutoff=near, limit=None)
    hits.sort(key=lambda hit: (-hit[1], -fuzz.ratio(words, hit[0])))
    similar = (SimilarIssue(*known[place], shared_words(text, known[place][1])) for _, _, place in hits[: 4 * MOST])
    return [issue for issue in similar if issue.shared][:MOST]


def shared_words(text: str, title: str) -> tuple[str, ...]:
    """The words of the title that the text has as well, small ones left out, in the title's order."""
    from rapidfuzz import fuzz

    text_words = [word for word in map(fold, re.findall(r"\w+", text)) if word not in _SMALL]
    title_words = (word for word in dict.fromkeys(re.findall(r"\w+", title)) if fold(word) not in _SMALL)
    return tuple(
        word for word in title_words if any(fuzz.ratio(fold(word), other) >= SAME_WORD for other in text_words)
    )
