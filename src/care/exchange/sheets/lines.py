"""What one line of a sheet is, however somebody wrote it."""

import re
from collections.abc import Collection, Mapping
from typing import NamedTuple

from care.calls.outcomes import OUTCOME_LETTERS
from care.exchange.sheets import words
from care.interviews.notes import marker_in
from care.text import fold

_BULLET = re.compile(r"[-*+•·▪◦‣–—][ \t\xa0]+(?=\S)|>+[ \t\xa0]*")

_NUMBER = re.compile(r"\d{1,2}[.)][ \t\xa0]+(?=\S)")

_LINE_END = re.compile(r"\r\n|\r|\n")

_BARE_FIELDS = ("reading", "stance", "outcome")

_BOX = re.compile(r"[\[(][ \t\xa0_]*([xX✓✔✗✘*vV+]?)[ \t\xa0_]*[\])]|([☐□▢])|([☑☒✅✔✓])(?![\])])")

_FIELD = re.compile(r"(?P<name>[^\W\d_][\w ]{0,24}?)\s*(?:\([^)]*\)\s*)?(?P<colon>[:=]|(?=[\[(☐☑☒✅]))\s*(?P<rest>.*)")

_RULE = re.compile(r"[-=_*~`\s]{3,}")

_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+\-.!>|~])")

_EMPHASIS = re.compile(r"(?<!\w)(\*\*|__|\*|_)(?=\S)(.+?)(?<=\S)\1(?!\w)")

_MARKERS = {"issues": "issue", "failures": "failure", "quotes": "quote"}


class Boxes(NamedTuple):
    """The boxes of a line: the words that are ticked, whether there are boxes at all, and what stands before them."""

    ticked: tuple[str, ...]
    any: bool
    before: str


def lines_of(text: str) -> list[str]:
    """The lines of a text from any system, as an editor counts them, without white space around them."""
    return [line.strip("\ufeff \t\xa0\f\v") for line in _LINE_END.split(text)]


def without_bullet(line: str) -> str:
    """The line without the bullet or the quotation sign it begins with; a box and a number are no bullets."""
    bare = line.strip()
    while found := _BULLET.match(bare):
        bare = bare[found.end() :]
    return bare


def bared(line: str) -> str:
    """The line without bullet and emphasis, and without the backslashes some editors put before signs."""
    bare = _ESCAPED.sub(r"\1", without_bullet(line))
    return _EMPHASIS.sub(r"\2", bare).strip()


def plain(line: str) -> str:
    """The line without bullet, number, emphasis and backslashes."""
    return without_bullet(_NUMBER.sub("", bared(line), count=1))


def is_rule(line: str) -> bool:
    """Whether a line only draws one, or the fence of a block."""
    return _RULE.fullmatch(line) is not None or line.strip().startswith("```")


def boxes_in(text: str) -> Boxes:
    """The boxes in some text and the words behind those that are ticked."""
    found = list(_BOX.finditer(text))
    if not found:
        return Boxes((), False, text.strip())
    ends = [one.start() for one in found[1:]] + [len(text)]
    ticked = [
        text[box.end() : end].strip(" \t\xa0,;/|.") for box, end in zip(found, ends, strict=True) if box[1] or box[3]
    ]
    return Boxes(tuple(ticked), True, text[: found[0].start()].strip(" \t\xa0,;/|.:"))


def chosen(text: str, choices: Mapping[str, str]) -> tuple[str, ...] | None:
    """What of the choices was ticked or written; empty where nothing was, None where it is none of them."""
    boxes = boxes_in(text)
    said = boxes.ticked or ((boxes.before,) if boxes.before else ())
    found = tuple(_choice(one, choices) for one in said)
    return None if None in found else tuple(dict.fromkeys(one for one in found if one is not None))


def _choice(said: str, choices: Mapping[str, str]) -> str | None:
    word = fold(said.replace("-", " ")).strip(" .!*_\"'")
    if word in choices:
        return choices[word]
    if "reached" in choices and word in OUTCOME_LETTERS:
        return OUTCOME_LETTERS[word].value
    near = [value for label, value in choices.items() if word and label.startswith(word)]
    return near[0] if len(near) == 1 else None


def field_in(line: str) -> tuple[str, str] | None:
    """The field a line fills in and what it says, for any name people give it; None for other lines."""
    bare = plain(line)
    found = _FIELD.fullmatch(bare)
    name = words.ALIASES.get(fold(found["name"])) if found else None
    if found is not None and name is not None:
        rest = found["rest"].strip()
        return name, rest if rest.strip("_. …") else ""
    first, _, rest = bare.partition(" ")
    if fold(first) in _BARE_FIELDS and chosen(rest, words.CHOICES[fold(first)]):
        return fold(first), rest
    return None


def marked_in(line: str) -> tuple[str, str] | None:
    """The marker and the text of a line, as in ``interviews.markers``, also in bold, with a bullet or as a plural."""
    bare = plain(line)
    word, colon, rest = bare.partition(":")
    word = word.strip().lower()
    rest = rest if rest.strip("_. …") else ""
    return marker_in(f"{_MARKERS.get(word, word)}:{rest}") if colon else None


def needs_escape(line: str, keys: Collection[str]) -> bool:
    """Whether an answer's line would be read as something else, such as a heading of one of these questions."""
    bare = line.strip()
    return bool(
        bare.startswith(("#", ">", "\\", "_"))
        or without_bullet(bare) != bare
        or field_in(bare)
        or marked_in(bare)
        or is_rule(bare)
        or boxes_in(bare).any
        or bared(bare) != bare
        or fold(bare).startswith(("told i", words.STORE))
        or ":" in bare
        or bare[0].isdigit()
        or fold(bare) in keys
    )
