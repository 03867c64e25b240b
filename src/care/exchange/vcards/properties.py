"""The properties of a card: their names, parameters and values, out of the bytes they were written in."""

import binascii
import codecs
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from care.exchange.sources import extends_ascii
from care.exchange.vcards.lines import TEXTS, Card, Written

OLD = "2.1"
"""The version that has escapes, folds and parameters of its own."""

_VERSION = re.compile(rb"VERSION\s*(?:;[^:]*)?:\s*([0-9.]+)\s*", re.IGNORECASE).fullmatch

_NAME = re.compile(r"(?:([\w.-]*)\.)?([A-Za-z0-9_-]+)").fullmatch

_ENCODINGS = {"QUOTED-PRINTABLE": "Q", "Q": "Q", "BASE64": "B", "B": "B", "8BIT": "", "7BIT": ""}

_TEXTS = frozenset(TEXTS.split("|"))

_WESTERN = frozenset(["ascii", "iso8859-1", "cp1252"])

_NO_CHARSETS = frozenset(["unicode_escape", "raw_unicode_escape", "idna", "punycode", "undefined"])

_LONG_HEAD = 200  # characters; shorter ones come again and again

_LINE_ENDS = {"\r\n": "\n", "\r": "\n"}


class Undecodable(Exception):
    """The bytes of a property are in no encoding that was said or can be guessed."""


class Property(NamedTuple):
    """One property: ``name`` in capitals, parameters by their names in capitals, and the value with its escapes.

    ``group`` ties properties together, as a number and its label; lower case, empty for none.
    """

    line: int
    group: str
    name: str
    parameters: dict[str, list[str]]
    value: str
    is_binary: bool = False
    is_old: bool = False

    @property
    def types(self) -> list[str]:
        """What kind of number or address it is, lower case, in its order: work, cell, pref."""
        return [kind.strip().lower() for words in self.parameters.get("TYPE", ()) for kind in words.split(",")]

    @property
    def rank(self) -> int:
        """1 for the preferred one, 101 where nothing is said."""
        said = "".join(self.parameters.get("PREF", ["101"])[:1]).strip()
        number = int(said) if said.isdecimal() and len(said) < 4 else 101
        return min(number, 1) if "pref" in self.types else number

    @property
    def text(self) -> str:
        """The value as a person reads it."""
        return _unescaped(self.value, self.is_old).strip()

    def parts(self, sign: str = ";") -> list[str]:
        """The value cut at each such sign that is not escaped, each part as a person reads it."""
        return [_unescaped(part, self.is_old).strip() for part in _cut(self.value, sign)]

    def listed(self, part: int) -> str:
        """One part of the value with spaces for the commas between several names in it."""
        parts = _cut(self.value, ";")
        if part >= len(parts):
            return ""
        names = [parts[part]] if self.is_old else _cut(parts[part], ",")
        return " ".join(_unescaped(name, self.is_old) for name in names)


class Decoder:
    """Makes text of bytes: by the charset a property names, else by the first of the encodings that fits.

    ``used`` holds those of the encodings that some letter beyond ASCII needed.
    """

    def __init__(self, encodings: Sequence[str]) -> None:
        self.used: set[str] = set()
        self._encodings = encodings

    def text(self, data: bytes, charset: str | None) -> str:
        """The text. Raises Undecodable."""
        codec = _codec(charset) if charset else None
        if data.isascii() and (codec is None or extends_ascii(codec)):
            return data.decode("ascii")
        if codec is not None:
            # Many say a Western charset, or none but ASCII, and write UTF-8.
            tried = ("utf-8", codec) if codec in _WESTERN else (codec,)
            for name in tried:
                text = _strictly(data, name)
                if text is not None:
                    return text
            if codec == "utf-8":
                text = data.decode(codec, errors="replace")
                broken = text.count("�")
                # A letter that was cut in two does not make the others wrong.
                if sum(not letter.isascii() for letter in text) > 2 * broken:
                    return text
        for name in self._encodings:
            text = _strictly(data, name)
            if text is not None:
                self.used.add(name)
                return text
        raise Undecodable


def properties_of(card: Card, decoder: Decoder) -> Iterator[tuple[Property, int] | str]:
    """The properties of a card, each with how deep it stands in nested cards, and the text of each line that is none.

    Raises Undecodable for the line whose number is its argument.
    """
    version = version_of(card)
    for written in card.properties:
        try:
            found = _read(written, version == OLD, decoder)
        except Undecodable:
            raise Undecodable(written.line) from None
        if isinstance(found, Property):
            yield found, written.depth
        elif found:
            yield found


def version_of(card: Card) -> str:
    """The version a card says it has, 3.0 when it says none."""
    for written in card.properties:
        found = _VERSION(written.pieces[0]) if written.depth == 0 and written.pieces else None
        if found:
            return found[1].decode("ascii")
    return "3.0"


def inner_lines(written: str) -> list[str]:
    """The lines of a card that is itself a value."""
    return re.split(r"\\n|\n", written, flags=re.IGNORECASE)


def _read(written: Written, is_old: bool, decoder: Decoder) -> Property | str:
    data = _joined(written, is_old)
    colon = _colon(data)
    head = decoder.text(data[:colon], None)
    group, name, parameters = (_head_met_before if len(head) < _LONG_HEAD else _head)(head)
    if colon < 0 or not name:
        return "" if written.is_binary else decoder.text(data, None).strip()
    encoding = _ENCODINGS.get("".join(parameters.get("ENCODING", ())[:1]).upper(), "")
    value = data[colon + 1 :]
    if encoding == "Q":
        value = binascii.a2b_qp(value)
    elif encoding == "B" and name in _TEXTS:
        value = _from_base64(value)
    if written.is_binary:
        text = value.decode("latin-1")
    else:
        text = decoder.text(value, "".join(parameters.get("CHARSET", ())[:1]) or None)
    for end, plain in _LINE_ENDS.items():
        text = text.replace(end, plain)
    return Property(written.line, group.lower(), name, parameters, text, written.is_binary, is_old)


def _joined(written: Written, is_old: bool) -> bytes:
    """The lines of a property as one: a fold is taken out, in old cards with the white space it stands before kept."""
    if written.is_quoted:
        pieces: list[bytes] = []
        for piece in written.pieces:
            is_fold = bool(pieces) and not is_old and piece[:1] in (b" ", b"\t")
            bare = piece.rstrip()
            goes_on = bare.endswith(b"=")
            pieces.append((bare[:-1] if goes_on else piece)[is_fold:])
        # What was escaped once more by whoever passed it on.
        return b"".join(pieces).replace(b"=\\n", b"")
    first, *folded = written.pieces or [b""]
    if not folded:
        return first
    # A card in a card keeps its lines apart.
    between = b"\n" if first.upper().rstrip().endswith(b":BEGIN:VCARD") else b""
    keeps = is_old and not written.is_binary and not first.rstrip().endswith(b":")
    return first + between + between.join(piece if keeps else piece[1:] for piece in folded)


def _colon(data: bytes) -> int:
    """Where the value begins, less one: the first colon outside quotation marks, -1 when there is none."""
    quoted = False
    for at, byte in enumerate(data[:8192]):
        if byte == 0x22:
            quoted = not quoted
        elif byte == 0x3A and not quoted:
            return at
    return data.find(b":")


def _head(head: str) -> tuple[str, str, dict[str, list[str]]]:
    """The group, the name and the parameters, never to be written to; the name is empty when it is none."""
    first, *words = _outside_quotes(head, ";")
    named = _NAME(first.strip())
    if named is None:
        return "", "", {}
    parameters: dict[str, list[str]] = {}
    for word in words:
        name, equals, said = word.partition("=")
        name = name.strip().upper()
        if not equals:
            # Old cards say what kind it is without a name for that.
            name, said = ("ENCODING" if name in _ENCODINGS and name != "Q" else "TYPE"), word
        values = [value.strip().strip('"') for value in _outside_quotes(said, ",")]
        parameters.setdefault(name, []).extend(value for value in values if value)
    return named[1] or "", named[2].upper(), parameters


def _outside_quotes(text: str, sign: str) -> list[str]:
    if '"' not in text or text.count('"') % 2:
        return text.split(sign)
    return re.findall(rf'(?:^|{sign})((?:[^"{sign}]|"[^"]*")*)', text)


_head_met_before = lru_cache(maxsize=2048)(_head)


def _cut(value: str, sign: str) -> list[str]:
    if "\\" not in value:
        return value.split(sign)
    ends = [found.start() for found in re.finditer(rf"\\.|{sign}", value, re.DOTALL) if found[0] == sign]
    return [value[start + 1 : end] for start, end in pairwise([-1, *ends, len(value)])]


def _unescaped(value: str, is_old: bool) -> str:
    if "\\" not in value:
        return value
    if is_old:
        return re.sub(r"\\([;,:])", r"\1", value)
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else _without_escape(found), value, flags=re.DOTALL)


def _without_escape(found: re.Match[str]) -> str:
    return found[1] if found[1] in '\\,;:"' else found[0]


def _from_base64(value: bytes) -> bytes:
    bare = re.sub(rb"[^A-Za-z0-9+/]", b"", value)
    return binascii.a2b_base64(bare[: len(bare) - (len(bare) % 4 == 1)] + b"==")


def _strictly(data: bytes, encoding: str) -> str | None:
    try:
        text = data.decode(encoding)
        text.encode()
    except (UnicodeError, LookupError):
        return None
    return text


@lru_cache(maxsize=256)
def _codec(charset: str) -> str | None:
    """Python's name for a charset, None for one that is not known or no charset of text."""
    try:
        name = codecs.lookup(charset.strip()).name
        b"a".decode(name)
    except UnicodeError:
        pass
    except (LookupError, ValueError):
        return None
    return None if name.replace("-", "_") in _NO_CHARSETS else name
