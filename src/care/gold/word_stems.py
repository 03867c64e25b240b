"""The words of a passage that say what it is about, and which of them are one word written in several ways."""

import re
from collections.abc import Iterable, Sequence

from care.text import fold, tidy

SLIPS = 5
"""Stems longer than so many letters are one word where one letter is too many, missing or wrong, or two are swapped."""

_WORD = re.compile(r"[^\W_]{3,}")

_BLOCK = 3

# Words that stand in any wish, whatever it is about. Other languages' are found by standing in most passages.
_PLAIN_WORDS = """
about actually after again all also always and another any anybody anyone anything are around ask away back
because been before being better both but came can cannot come comes could did does doing don done down each else
even ever every everybody everyone everything few for from get gets getting give given gives going gone good got
great had has have having her here him his how into isn its itself just keep kept know let lets like little lot
made make makes making many may maybe mean means might more most much must need needs never next nice not nothing
now off often once one ones only other others our ours out over own people please promise promised promises put
quite rather really said same say says see seem should simply since some somebody someone something still stop
such sure take takes tell than that the their them then there these they thing things think this those through
too tried try two under until upon use used very want wanted wants was way well went were weren what when where
whether which while who whole whom why will wish with without won would yes yet you your yours yourself
"""

_PLAIN = frozenset(_PLAIN_WORDS.split())

_DOUBLING = ("ing", "ed")

_ENDINGS = ("ingly", "ness", "ies", "ing", "ed", "ly", "es", "s", "y", "e")


def telling_words(words: str) -> list[str]:
    """The words that say what a passage is about, folded, in the order they stand, each once.

    Where all of them are plain ones, those, so that every passage has some.
    """
    found = list(dict.fromkeys(_WORD.findall(fold(words))))
    return [one for one in found if one not in _PLAIN] or found


def stem(word: str) -> str:
    """The word without an ending of English; what is left has three letters or more."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= (3 if len(ending) == 1 else 4):
            bare = word[: -len(ending)]
            return bare[:-1] if len(bare) > 3 and bare[-1] == bare[-2] and ending in _DOUBLING else bare
    return word


def common_stems(words: Iterable[str]) -> dict[str, str]:
    """For each word the stem that stands for it; stems a slip of the hand apart are one."""
    from rapidfuzz.distance import OSA

    stems = {word: stem(word) for word in words}
    blocks: dict[str, list[str]] = {}
    for one in sorted(set(stems.values()), key=lambda one: (len(one), one)):
        blocks.setdefault(one[:_BLOCK], []).append(one)
    heads: dict[str, str] = {}
    for block in blocks.values():
        firsts: list[str] = []
        for one in block:
            near = (head for head in firsts if len(one) > SLIPS and OSA.distance(head, one, score_cutoff=1) <= 1)
            heads[one] = next(near, one)
            if heads[one] == one:
                firsts.append(one)
    return {word: heads[bare] for word, bare in stems.items()}


LONGEST = 60
"""How many characters a suggested title has at most."""


def suggested_title(words: Sequence[str]) -> str:
    """The shortest of the passages, without the full stop at its end, cut between two words where it is long."""
    shortest = min((tidy(word) for word in words), key=len)
    title = shortest.rstrip(".!;, ") or shortest
    if len(title) <= LONGEST:
        return title
    return title[: LONGEST - 1].rsplit(" ", 1)[0].rstrip(".,;: ") + "…"
