"""Which question a heading of a sheet names, however it is written."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from care.text import fold

HEADING = re.compile(r"(#{1,6})([ \t\xa0]*)(.*?)[ \t]*#*")

_NUMBERED = re.compile(r"(?:question\s+|q)?([0-9]{1,2})(\s*[.):\-–])?\s*(.*)", re.IGNORECASE | re.DOTALL)

_ALIKE = 0.85
"""How much of a question's words a heading must share with them to be that question."""


class SheetQuestion(NamedTuple):
    """A question a sheet can have a heading for; ``number`` where it has one on this sheet."""

    key: str
    text: str
    number: int | None = None


def question_named(text: str, questions: Sequence[SheetQuestion], *, sure: bool) -> tuple[str, str] | None:
    """The key of the question some text names and what is said to it on the same line; None where it names none.

    ``sure`` where the text is a heading for certain: then its key is enough, and its words are no answer.
    """
    numbered = _NUMBERED.fullmatch(text)
    bare = numbered[3] if numbered else text
    for question in questions:
        rest = _after_key(bare, question, sure=sure)
        if rest is not None:
            return question.key, rest
        if _alike(bare, question.text):
            return question.key, ""
    return None


def question_numbered(text: str, questions: Sequence[SheetQuestion], *, sure: bool) -> tuple[str, str] | None:
    """The same where only the number is said, like ``3.`` or ``3: they are easy``; a number alone needs ``sure``."""
    numbered = _NUMBERED.fullmatch(text)
    if numbered is None or (numbered[2] is None and not (sure and not numbered[3])):
        return None
    key = next((question.key for question in questions if question.number == int(numbered[1])), None)
    return None if key is None else (key, numbered[3])


def _after_key(bare: str, one: SheetQuestion, *, sure: bool) -> str | None:
    folded, key = fold(bare), fold(one.key)
    if folded == key:
        return ""
    if not folded.startswith(key) or folded[len(key)].isalnum():
        return None
    rest = bare[len(one.key) :].lstrip()
    if rest[:1] not in ":-–—.=" and not sure:
        return None
    rest = rest.lstrip(":-–—.= \t")
    wording = one.text.rstrip("?. ")
    if rest.lower().startswith(wording.lower()):
        return rest[len(wording) :].lstrip("?. ")
    return "" if sure or _alike(rest, one.text) else rest


def _alike(said: str, wording: str) -> bool:
    one, other = fold(said).rstrip("?. "), fold(wording).rstrip("?. ")
    return bool(one) and SequenceMatcher(None, one, other).ratio() >= _ALIKE
