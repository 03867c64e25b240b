"""Where in a passage the words stand that were looked for."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from care.errors import WrongUsage

MARK = "\x02"

END = "\x03"


def unused(passages: Iterable[str]) -> tuple[str, str]:
    """A mark to put before a hit and one to put after it, neither of which stands in any of the passages.

    Each begins with a character that it has only once, so that no end of a passage can make up a part of it.
    """
    known, tail = "\n".join(passages), "."
    while MARK + tail in known or END + tail in known:
        tail += "."
    return MARK + tail, END + tail


def spans(words: str, marked: str, before: str, after: str) -> tuple[tuple[int, int], ...]:
    """Where the hits begin and end in ``words``, in characters; none where ``marked`` is not the words with marks.

    SQLite gives no more than what stands before the first NUL.
    """
    found, plain = [], 0
    head, *rest = marked.split(before)
    pieces = [head]
    plain += len(head)
    for one in rest:
        hit, _, between = one.partition(after)
        found.append((plain, plain + len(hit)))
        plain += len(hit) + len(between)
        pieces += [hit, between]
    return tuple(found) if "".join(pieces) == words.partition("\0")[0] else ()


FILTERS = ("customer", "question", "since")

MOST_WORDS = 32

MOST_LETTERS = 1000

_QUOTES = str.maketrans(dict.fromkeys("“”„«»＂", '"'))

_FILTER = re.compile(rf"({'|'.join(FILTERS)}):", re.IGNORECASE)

_PART = re.compile(r'"([^"]*)"?(\*?)|(\S+)')


class SearchWord(NamedTuple):
    """A word to look for, or several in that order; ``begins`` where more letters may follow."""

    text: str
    begins: bool = False


class Query(NamedTuple):
    """The words, all of which have to be there, and what narrows the search, as it was typed."""

    words: tuple[SearchWord, ...]
    customer: str | None = None
    question: str | None = None
    since: str | None = None


class NothingToLookFor(WrongUsage):
    """There is no letter and no digit in what was typed."""

    def __init__(self, said: str, *, narrowed: bool) -> None:
        if narrowed:
            super().__init__(
                "there is no word to look for beside the filters. Say one, like: care search late since:may"
            )
        elif said:
            super().__init__(f"there is no letter or digit to look for in “{said}”. Say a word, like: care search late")
        else:
            super().__init__("there is nothing to look for. Say a word, like: care search late")


class TooMuch(WrongUsage):
    """More than anybody means to look for."""

    def __init__(self) -> None:
        super().__init__(
            f"a search takes up to {MOST_WORDS} words and {MOST_LETTERS:,} letters. Say the few that matter most."
        )


class BadFilter(WrongUsage):
    """A filter without its value, or said twice."""

    def __init__(self, name: str, *, twice: bool) -> None:
        if twice:
            super().__init__(f"{name}: is said twice. Say it once.")
        else:
            super().__init__(f"nothing follows {name}: directly. Write it like {_EXAMPLES[name]}.")


_EXAMPLES = {"customer": 'customer:kari or customer:"Kari Nordmann"', "question": "question:ease", "since": "since:may"}


def read_query(said: Sequence[str]) -> Query:
    """The words and filters of a command line. Raises NothingToLookFor, TooMuch or BadFilter.

    Quotes hold a phrase together, a star lets more letters follow. Among several arguments one that begins with a
    filter is all its value: the shell has taken the quotes of ``customer:"Kari Nordmann"`` away.
    """
    words: list[SearchWord] = []
    filters: dict[str, str] = {}
    for name, word in _parts(said):
        if name is None:
            words += [word] if _has_letters(word.text) else []
        elif name in filters:
            raise BadFilter(name, twice=True)
        elif not word.text.strip():
            raise BadFilter(name, twice=False)
        else:
            filters[name] = word.text.strip()
    if not words:
        raise NothingToLookFor(" ".join(said).strip(), narrowed=bool(filters))
    if sum(len(one.text.split()) for one in words) > MOST_WORDS or sum(len(one.text) for one in words) > MOST_LETTERS:
        raise TooMuch
    return Query(tuple(words), **filters)


def full_text_query(words: Sequence[SearchWord]) -> str:
    """The words as the full text takes them: each in quotes, so that AND, NEAR( and - are words like any other."""
    return " ".join(f'"{_plain(word.text)}"{"*" if word.begins else ""}' for word in words)


def names_said(words: Sequence[SearchWord]) -> str:
    """The words as parts of a name; empty where one is a single letter, with which too many begin."""
    parts = [part for word in words for part in word.text.split()]
    return "" if any(len(part) < 2 for part in parts) else " ".join(parts)


def _parts(said: Sequence[str]) -> Iterator[tuple[str | None, SearchWord]]:
    """Each word or filter in turn: the name of the filter, or None, and what follows it."""
    for one in said:
        text = _known(one).translate(_QUOTES)
        named = _FILTER.match(text)
        if named and len(said) > 1 and '"' not in text:
            yield named[1].lower(), SearchWord(text[named.end() :])
            continue
        place = 0
        while place < len(text):
            if text[place].isspace():
                place += 1
                continue
            named = _FILTER.match(text, place)
            place = named.end() if named else place
            found = _PART.match(text, place)
            place = found.end() if found else place
            yield named[1].lower() if named else None, _word(found)


def _word(found: re.Match[str] | None) -> SearchWord:
    if found is None:
        return SearchWord("")
    if found[3] is None:
        return SearchWord(found[1], bool(found[2]))
    bare = found[3].rstrip("*")
    return SearchWord(bare, bare != found[3])


def _known(text: str) -> str:
    """The text without halves of characters, which bytes that are no UTF-8 leave behind."""
    return "".join(" " if "\ud800" <= letter <= "\udfff" or letter == "\0" else letter for letter in text)


def _plain(text: str) -> str:
    return text.replace('"', '""')


def _has_letters(text: str) -> bool:
    """Whether the full text sees a word in it: it knows letters, digits and letters of private scripts."""
    return any((kind := unicodedata.category(letter))[0] in "LN" or kind == "Co" for letter in text)
