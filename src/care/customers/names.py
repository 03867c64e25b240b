"""The name of a customer, out of what people and their tools write into name columns."""

from functools import lru_cache

from care.text import fold, tidy

# What tools and people write into a cell they have nothing for.
_PLACEHOLDERS = frozenset(
    """n/a|#n/a|n.a.|n.a|-|--|---|–|—|.|..|?|null|(null)|<null>|none|(none)|nil|unknown|(unknown)|undefined|(blank)
    |[blank]|no name|not provided""".replace("\n    ", "").split("|")
)

_LONGEST_PLACEHOLDER = max(map(len, _PLACEHOLDERS))

# Words of the above that are somebody's family name.
_SURNAMES = frozenset(["null", "none", "nil", "unknown", "undefined"])


def is_placeholder(words: str) -> bool:
    """Whether the whole text only says that there is nothing, as ``N/A``, ``-`` and ``unknown`` do; blank is none."""
    return len(words) <= _LONGEST_PLACEHOLDER and words.lower() in _PLACEHOLDERS


def said(written: str) -> str:
    """The text tidied and on one line; empty when it is blank or a placeholder."""
    # tidy() is the same, at twice the price where there is nothing to normalise.
    words = " ".join(written.split()) if written.isascii() else tidy(written)
    return "" if len(words) <= _LONGEST_PLACEHOLDER and words.lower() in _PLACEHOLDERS else words


def could_be_name(text: str) -> bool:
    """Whether somebody could be called that: it has a letter, and is no e-mail address."""
    return any(letter.isalpha() for letter in text) and "@" not in text


@lru_cache(maxsize=16384)
def said_often(written: str) -> str:
    """As ``said``, for texts that come again and again: companies, segments, countries."""
    return said(written)


def full_name(first: str, middle: str, last: str) -> str:
    """The parts as one name, empty when they say nothing.

    Beside a first name a last name such as Null or Unknown is believed: there are people of that name. A last name the
    first already ends with is not said twice, because some tools put the whole name into the first.
    """
    given = said_often(first)
    if middle:
        given = f"{given} {said(middle)}".strip()
    if not given:
        return said(last)
    family = " ".join(last.split()) if last.isascii() else tidy(last)
    if is_placeholder(family) and family.lower() not in _SURNAMES:
        return given
    whole = f"{given} {family}" if family else given
    # Folding tidy ASCII is making it lower case, at a third of the price.
    folded = str.lower if whole.isascii() else fold
    return given if not family or f" {folded(given)}".endswith(f" {folded(family)}") else whole
