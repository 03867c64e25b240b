"""Whether two customers look like one person. It is only ever suggested; a person decides."""

from functools import lru_cache

from care.text import fold

NEAR_NAME = 88
"""How alike two names must be, of 100, their words in any order."""

NEAR_COMPANY = 90

MOST_SHARING = 4
"""So many may have one address or number before it is a switchboard, which says nothing of who they are."""

MOST_COWORKERS = 200
"""In a larger company only names of the same words are one: to compare each with each would take the square."""

_FORMS = frozenset(
    """ab ag aps as asa bv co company corp corporation gmbh inc incorporated kg limited llc llp ltd ltda nv oy oyj plc
    pte pty pvt sa sarl sas spa srl the""".split()  # noqa: SIM905 (read as words, not as a list of them)
)


def near_name(one: str, other: str) -> bool:
    """Whether two names of people are nearly the same, whatever the order of their words, case and accents.

    An initial stands for its name: ``K. Nordmann`` and ``Kari Nordmann``. One letter in nine may be a slip of the hand.
    """
    from rapidfuzz import fuzz

    mine, theirs = _words(one), _words(other)
    if not mine or not theirs:
        return False
    if sorted(mine) == sorted(theirs):
        return True
    if len(mine) == len(theirs) and all(map(_stands_for, mine, theirs)) and any(map(_is_same, mine, theirs)):
        return True
    return fuzz.token_sort_ratio(" ".join(mine), " ".join(theirs)) >= NEAR_NAME


def near_company(one: str | None, other: str | None) -> bool:
    """Whether two names of companies are nearly the same but for ``Ltd``, ``AS`` and their like."""
    from rapidfuzz import fuzz

    mine, theirs = core(one), core(other)
    return bool(mine and theirs) and (mine == theirs or fuzz.ratio(mine, theirs) >= NEAR_COMPANY)


def core(company: str | None) -> str:
    """The words of a company's name that tell it from others, folded; empty where there are none."""
    return " ".join(word for word in _words(company or "") if word not in _FORMS)


def telling_words(name: str, company: str | None) -> str:
    """Two words by which everybody of a near-same name and company is found: the longest of each; empty without."""
    both = [max(words, key=len, default="") for words in (_words(name), core(company).split())]
    return " ".join(both) if all(both) else ""


def words_of_name(name: str) -> tuple[str, ...]:
    """The words of a name, folded and in the order of the alphabet."""
    return tuple(sorted(_words(name)))


def _stands_for(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return one == other or (len(short) == 1 and long.startswith(short))


def _is_same(one: str, other: str) -> bool:
    return one == other and len(one) > 1


@lru_cache(maxsize=4096)
def _words(name: str) -> tuple[str, ...]:
    return tuple("".join(letter if letter.isalnum() else " " for letter in fold(name)).split())
