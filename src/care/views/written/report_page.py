"""The report as a page: the blocks of its sections, made harmless, as Markdown and a browser print them."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from care.calls.seal import spoken
from care.reports.blocks import QUIET, WAITING, Block, Cell, Chart, Gap, Labelled, Quoted, Table, TextLine, Words
from care.reports.records import Report
from care.reports.section import BY_NAME
from care.views.report import NOTE, lines_of, title_of
from care.views.safe import safe


class Paragraph(NamedTuple):
    """What stands together.

    A ``line`` of parts, a ``quote`` (a label, words, who said them), ``rows`` of cells, or a ``chart``.
    """

    kind: str
    parts: tuple[Words, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()
    chart: Chart | None = None


class Chapter(NamedTuple):
    """One section: its title, the parts of its leading sentence, and what follows."""

    name: str
    title: str
    lead: tuple[Words, ...]
    paragraphs: tuple[Paragraph, ...]


class ReportPage(NamedTuple):
    """The whole report; ``short`` are the sections that have one line."""

    title: str
    note: str
    chapters: tuple[Chapter, ...]
    short: tuple[tuple[str, Words], ...]
    seal: str | None


def page_of(report: Report) -> ReportPage:
    """The report as it is shown, section by section."""
    chapters = (_chapter(name, report) for name in report.sections if name not in report.in_a_line)
    return ReportPage(
        title=safe(title_of(report)),
        note=NOTE,
        chapters=tuple(chapters),
        short=tuple((name, _safe(words)) for name, words in lines_of(report)),
        seal=spoken(report.seal) if report.seal is not None else None,
    )


def _chapter(name: str, report: Report) -> Chapter:
    first, *others = _paragraphs(BY_NAME[name].blocks(report.sections[name], report, False))
    head, *lead = first.parts
    return Chapter(name, head.text.capitalize(), tuple(lead), tuple(others))


def _paragraphs(blocks: Iterable[Block]) -> Iterator[Paragraph]:
    """The blocks with every text made harmless, but for those that say nothing."""
    for block in blocks:
        if isinstance(block, Labelled):
            yield Paragraph("quote", (_safe(block.label), _safe(block.words)))
        elif isinstance(block, Quoted):
            parts = (Words(block.mark, WAITING), Words(block.words), Words(block.who, QUIET))
            yield Paragraph("quote", tuple(_safe(part) for part in parts))
        elif isinstance(block, TextLine):
            kept = [Words(safe(text).strip(), style) for text, style in block.parts if text.strip()]
            if kept:
                yield Paragraph("line", tuple(kept))
        elif isinstance(block, Table):
            rows = _filled(block.rows)
            if rows:
                yield Paragraph("rows", rows=rows)
        elif not isinstance(block, Gap):
            yield Paragraph("chart", chart=block)


def _safe(part: Words) -> Words:
    return Words(safe(part.text), part.style)


def _filled(rows: tuple[tuple[Cell, ...], ...]) -> tuple[tuple[Cell, ...], ...]:
    """The rows made harmless, without the columns nothing stands in."""
    table = [[cell._replace(text=safe(cell.text)) for cell in row] for row in rows]
    filled = [at for at in range(len(table[0]) if table else 0) if any(row[at].text for row in table)]
    return tuple(tuple(row[at] for at in filled) for row in table) if filled else ()
