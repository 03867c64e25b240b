"""The lines of a vCard file put together into cards. Only one card is held at a time, and never a picture.

A card is kept as the bytes it was written in: in one file each property may have an encoding of its own.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from care.customers.customer_input import Rejection

LONGEST_LINE = 1 << 20
"""Bytes; of a longer line only so many are held."""

LARGEST_CARD = 4 << 20
"""Bytes of a card without its pictures; a larger one is no card."""

TEXTS = "N|FN|ORG|ADR|LABEL|NOTE|TITLE|ROLE|NICKNAME|EMAIL|TEL|CATEGORIES"
"""Properties that people write; where they are base64, they are text all the same."""

_MOST_OF_BINARY = 2048  # bytes; enough for the address of a picture that lies elsewhere

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"

_BEGIN = re.compile(rb"(?:[\w.-]+\.)?BEGIN\s*:\s*VCARD\s*", re.IGNORECASE).fullmatch

_END = re.compile(rb"(?:[\w.-]+\.)?END\s*:\s*VCARD\s*", re.IGNORECASE).fullmatch

_AGENT = re.compile(rb"(?:[\w.-]+\.)?AGENT(?:;[^:]*)?:\s*(BEGIN\s*:\s*VCARD)?\s*", re.IGNORECASE).fullmatch

_QUOTED = re.compile(rb"[^:]*;\s*(?:ENCODING\s*=\s*)?\"?QUOTED-PRINTABLE", re.IGNORECASE).match

_BINARY = re.compile(
    rb"(?:[\w.-]+\.)?(?:(?:PHOTO|LOGO|SOUND|KEY)[;:]|(?!(?:%s)[;:])[^:;]*(?:;[^:]*)?;\s*(?:ENCODING\s*=\s*)?\"?"
    rb"(?:B|BASE64)\"?\s*[;:])" % TEXTS.encode(),
    re.IGNORECASE,
).match


@dataclass(slots=True)
class Written:
    """One property as it was written: the line it begins on, its lines, and how deep it stands in nested cards."""

    line: int
    pieces: list[bytes]
    depth: int = 0
    is_quoted: bool = False
    is_binary: bool = False
    size: int = 0


@dataclass(slots=True)
class Card:
    """The lines between a BEGIN and its END, and the line of the BEGIN.

    ``problem`` says why it cannot be read all the same.
    """

    line: int
    properties: list[Written] = field(default_factory=list)
    problem: str | None = None
    size: int = 0


def physical_lines(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The lines of a text that comes in pieces, without what ends them: a line feed, a carriage return or both."""
    rest = b""
    for piece in pieces:
        whole = (rest + piece).replace(b"\r\r\n", b"\r\n")
        # What a carriage return at the end of a piece belongs to is seen with the next one.
        held = len(whole) - len(whole.rstrip(b"\r"))
        lines = whole[: len(whole) - held].splitlines(keepends=True)
        rest = lines.pop() if lines and not lines[-1].endswith((b"\n", b"\r")) else b""
        yield from (line.rstrip(b"\r\n") for line in lines)
        rest = rest[:LONGEST_LINE] + b"\r" * min(held, 2)
    yield from rest.splitlines()


def cards_in(lines: Iterable[bytes]) -> Iterator[Card | Rejection]:
    """Every card in the order of the file, and a rejection for each that does not begin or end and for stray text."""
    reading = _Reading()
    for number, line in enumerate(lines, start=1):
        yield from reading.take(number, line)
    yield from reading.finish()


class _Reading:
    """How far the cards of a file have been read."""

    def __init__(self) -> None:
        self.card: Card | None = None
        self.last: Written | None = None
        self.depth = 0
        self.is_open = False  # whether the last line ends with the sign that its value goes on
        self.agent: bool | None = None  # an AGENT waits for its card; True when its BEGIN stood on the same line
        self.stray: tuple[int, str] | None = None

    def take(self, number: int, line: bytes) -> Iterator[Card | Rejection]:
        text = line.removeprefix(_BYTE_ORDER_MARK)
        if self.card is None:
            yield from self._outside(number, text.strip())
        elif _END(text):
            yield from self._end()
        elif self.last is not None and self._goes_on(line):
            self._append(line)
        elif not text.strip():
            self.is_open = False
        elif _BEGIN(text):
            yield from self._begin(number)
        else:
            self._property(number, text)

    def finish(self) -> Iterator[Rejection]:
        if self.card is not None:
            yield Rejection(self.card.line, "the card has no END:VCARD before the file ends")
        yield from self._stray_text()

    def _outside(self, number: int, text: bytes) -> Iterator[Rejection]:
        if _BEGIN(text):
            yield from self._stray_text()
            self._new_card(number)
        elif _END(text):
            line = number if self.stray is None else self.stray[0]
            self.stray = None
            yield Rejection(line, "END:VCARD without a BEGIN:VCARD before it")
        elif text and self.stray is None:
            self.stray = (number, _shown(text))

    def _stray_text(self) -> Iterator[Rejection]:
        if self.stray is not None:
            line, text = self.stray
            yield Rejection(line, f"“{text}” is in no card: there is no BEGIN:VCARD before it")
        self.stray = None

    def _new_card(self, number: int) -> None:
        self.card, self.last, self.depth, self.is_open, self.agent = Card(number), None, 0, False, None

    def _begin(self, number: int) -> Iterator[Rejection]:
        if self.agent is not None:
            self.depth += 1
            self.last, self.agent = None, None
            return
        assert self.card is not None
        yield Rejection(self.card.line, f"the card has no END:VCARD before the next begins on line {number:,}")
        self._new_card(number)

    def _end(self) -> Iterator[Card]:
        if self.agent:
            self.depth += 1
        self.agent = None
        if self.depth:
            self.depth -= 1
            self.last, self.is_open = None, False
            return
        assert self.card is not None
        yield self.card
        self.card = self.last = None

    def _goes_on(self, line: bytes) -> bool:
        """Whether a line belongs to the property before it."""
        assert self.last is not None
        if self.is_open:
            return True
        if line[:1] in (b" ", b"\t"):
            return bool(line.strip())
        # Some write a picture with nothing before its lines.
        return self.last.is_binary and bool(line) and b":" not in line

    def _append(self, line: bytes) -> None:
        assert self.last is not None
        self.agent = None
        self._hold(self.last, line)
        self.is_open = self.last.is_quoted and line.rstrip().endswith(b"=")

    def _property(self, number: int, text: bytes) -> None:
        assert self.card is not None
        if self.agent:
            self.depth += 1
        agent = _AGENT(text)
        self.agent = None if agent is None else agent[1] is not None
        quoted = bool(_QUOTED(text))
        self.last = Written(number, [], self.depth, quoted, not quoted and bool(_BINARY(text)))
        self.card.properties.append(self.last)
        self._hold(self.last, text)
        self.is_open = quoted and text.rstrip().endswith(b"=")

    def _hold(self, written: Written, line: bytes) -> None:
        card = self.card
        assert card is not None
        if written.is_binary:
            line = line[: max(0, _MOST_OF_BINARY - written.size)]
            if not line:
                return
        elif len(line) >= LONGEST_LINE:
            card.problem = card.problem or f"line {written.line:,} is longer than a megabyte"
        written.size += len(line)
        card.size += len(line)
        if card.size > LARGEST_CARD:
            card.problem = card.problem or "the card is larger than four megabytes"
        if card.problem:
            card.properties.clear()
        else:
            written.pieces.append(line)


def _shown(text: bytes) -> str:
    words = " ".join(text[:200].decode("utf-8", errors="replace").split())
    return words if len(words) <= 40 else f"{words[:39]}…"


def begins(line: bytes) -> bool:
    """Whether a line begins a card."""
    return _BEGIN(line.removeprefix(_BYTE_ORDER_MARK).strip()) is not None
