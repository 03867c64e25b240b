"""A screen that keeps what is shown instead of drawing it, so that no format can say something else than another."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from care.reports.report import Report
from care.views.report import days_of, line_of, show_section
from care.views.safe import safe
from care.views.screen import HEAD, QUIET, Cell, Screen

SPARKS = "▁▂▃▄▅▆▇█"


class Part(NamedTuple):
    """Some words in one style."""

    text: str
    style: str = ""

    @property
    def is_spark(self) -> bool:
        """Whether it is a row of bars made of letters."""
        return bool(self.text) and set(self.text) <= set(SPARKS)


class Block(NamedTuple):
    """What stands together: a ``line`` of parts, a ``quote`` (a label, words, who said them), or ``rows`` of cells."""

    kind: str
    parts: tuple[Part, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()


class Chapter(NamedTuple):
    """One section: its title, the parts of its leading sentence, and what follows."""

    name: str
    title: str
    lead: tuple[Part, ...]
    blocks: tuple[Block, ...]


class Page(NamedTuple):
    """The whole report; ``short`` are the sections that have one line."""

    title: str
    note: str
    chapters: tuple[Chapter, ...]
    short: tuple[tuple[str, Part], ...]
    seal: str | None


class Sheet(Screen):
    """The screen of one section; every text is made harmless as on a terminal."""

    is_terminal = False

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.width = 100_000

    def line(self, *parts: str | tuple[str, str], indent: int = 0, hang: int | None = None) -> None:
        """Keeps a line."""
        pairs = [(part, "") if isinstance(part, str) else part for part in parts]
        kept = tuple(Part(safe(text).strip(), style) for text, style in pairs if text.strip())
        if kept:
            self.blocks.append(Block("line", kept))

    def blank(self) -> None:
        """An empty line says nothing here."""

    def sides(self, left: str, right: str, left_style: str = HEAD, right_style: str = QUIET) -> None:
        """Keeps both sides as one line."""
        self.line((left, left_style), (right, right_style))

    def quote(
        self, label: str, words: str, column: int, label_style: str = HEAD, style: str = "", *, indent: int = 0
    ) -> None:
        """Keeps a label and its words."""
        self.blocks.append(Block("quote", (Part(safe(label), label_style), Part(safe(words), style))))

    def fits(self, left: str, right: str, indent: int) -> bool:
        """There is room for everything."""
        return True

    def ends(self, label: str, left: str, right: str, column: int, label_style: str) -> None:
        """Keeps a label, words, and who said them."""
        parts = (Part(safe(label), label_style), Part(safe(left)), Part(safe(right), QUIET))
        self.blocks.append(Block("quote", parts))

    def rows(self, rows: Iterable[Sequence[Cell]], indent: int = 2) -> None:
        """Keeps a table, without the columns nothing stands in."""
        table = [[cell._replace(text=safe(cell.text)) for cell in row] for row in rows]
        filled = [at for at in range(len(table[0]) if table else 0) if any(row[at].text for row in table)]
        if filled:
            self.blocks.append(Block("rows", rows=tuple(tuple(row[at] for at in filled) for row in table)))

    def hint(self, words: str) -> None:
        """Keeps it quietly."""
        self.line((words, QUIET))

    def notice(self, words: str) -> None:
        """Keeps it."""
        self.line(words)


def page_of(report: Report) -> Page:
    """The report as it is shown, section by section."""
    from care.calls.seal import spoken

    chapters = [
        _chapter(name, section, report) for name, section in report.sections.items() if name not in report.in_a_line
    ]
    lines = [(name, *line_of(name, report.sections[name])) for name in report.in_a_line]
    title = f"{report.company}, {days_of(report)}" if report.company else days_of(report)
    return Page(
        title=safe(title),
        note="new in the last 7 days: *",
        chapters=tuple(chapters),
        short=tuple((name, Part(safe(words), style)) for name, words, style in lines if words),
        seal=spoken(report.seal) if report.seal is not None else None,
    )


def _chapter(name: str, section: object, report: Report) -> Chapter:
    sheet = Sheet()
    show_section(sheet, name, section, report)
    first, *others = sheet.blocks
    head, *lead = first.parts
    return Chapter(name, head.text.capitalize(), tuple(lead), tuple(others))
