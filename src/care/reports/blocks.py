"""What the sections of a report are made of: plain records that a terminal, Markdown, HTML and CSV each print.

A style says what the words mean and is one of those below; how it looks is for whoever prints.
"""

from collections.abc import Iterator
from typing import NamedTuple

BROKEN = "red"

WAITING = "yellow"

WELL = "green"

TYPED = "cyan"

QUIET = "dim"

HEAD = "bold"

BARS = "▁▂▃▄▅▆▇█"
"""Letters that stand for numbers, the smallest first."""


class Cell(NamedTuple):
    """One cell: text as it came, how it looks, and whether it may be cut short, or give way, on a narrow screen."""

    text: str
    style: str = ""
    cut: bool = False
    right: bool = False
    drop: bool = False


class Words(NamedTuple):
    """Some words in one style."""

    text: str
    style: str = ""

    @property
    def is_bars(self) -> bool:
        """Whether it is a row of bars made of letters."""
        return bool(self.text) and set(self.text) <= set(BARS)


class TextLine(NamedTuple):
    """Words one after the other; what wraps stands at ``hang``, else at ``indent``."""

    parts: tuple[Words, ...]
    indent: int = 2
    hang: int | None = None


class Labelled(NamedTuple):
    """A label, and words that keep to their own column beside it."""

    label: Words
    words: Words
    indent: int = 0


class Quoted(NamedTuple):
    """A customer's words, a mark before them, and who said them."""

    mark: str
    words: str
    who: str


class Table(NamedTuple):
    """Rows with the same number of cells each."""

    rows: tuple[tuple[Cell, ...], ...]
    indent: int = 2


class Gap(NamedTuple):
    """An empty line where lines are read one below the other."""


class Bar(NamedTuple):
    """A part of a whole, as one bar before another."""

    label: str
    title: str
    part: int
    whole: int


class BarChart(NamedTuple):
    """Bars side by side. ``about`` says what they are to those who do not see them."""

    about: str
    caption: str
    bars: tuple[Bar, ...]


class Interval(NamedTuple):
    """A share and the interval it lies in, each from 0 to 1."""

    label: str
    title: str
    part: float
    low: float
    high: float


class IntervalChart(NamedTuple):
    """Intervals one below the other. ``about`` says what they are to those who do not see them."""

    about: str
    caption: str
    intervals: tuple[Interval, ...]


Chart = BarChart | IntervalChart
"""Only a page in a browser shows it; what it says stands in the words too."""

Block = TextLine | Labelled | Quoted | Table | Gap | Chart


def lead(label: str, words: str, style: str = "") -> Labelled:
    """The title of a section and its one sentence."""
    return Labelled(Words(label, HEAD), Words(words, style))


def line(words: str, style: str = "", indent: int = 2) -> TextLine:
    """One line in one style."""
    return TextLine((Words(words, style),), indent)


def more(left: int) -> Iterator[Block]:
    """How many are not shown; nothing where all are."""
    if left > 0:
        yield line(f"and {left:,} more", QUIET)
