"""The report as Markdown, for a wiki or a mail. What customers said is never taken for markup."""

import re
from collections.abc import Iterator

from care.reports.blocks import BROKEN, HEAD, WAITING, Cell, Words
from care.reports.records import Report
from care.views.written.report_page import Paragraph, page_of

_MARKUP = re.compile(r"([\\`*_\[\]|~#!])")

_AT_START = re.compile(r"^([-+=]|[0-9]+(?=[.)]))")

_STRONG = (HEAD, BROKEN, WAITING)


def plain_text(text: str) -> str:
    """The text so that Markdown shows it as it is: no emphasis, link, picture, heading, list or HTML comes of it."""
    harmless = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    harmless = _MARKUP.sub(r"\\\1", harmless)
    return _AT_START.sub(lambda found: f"{found[0]}\\" if found[0][0].isdigit() else f"\\{found[0]}", harmless)


def to_markdown(report: Report) -> str:
    """The whole report."""
    return "\n".join(_lines(report)) + "\n"


def _lines(report: Report) -> Iterator[str]:
    page = page_of(report)
    yield f"# {plain_text(page.title)}"
    yield ""
    yield plain_text(page.note)
    for chapter in page.chapters:
        yield ""
        yield f"## {plain_text(chapter.title)}"
        yield ""
        yield " ".join(_said(part) for part in chapter.lead)
        before = ""
        for paragraph in chapter.paragraphs:
            if paragraph.kind == "chart":  # what it shows stands in the words
                continue
            if paragraph.kind != "quote" or before != "quote":
                yield ""
            yield from _paragraph(paragraph)
            before = paragraph.kind
    if page.short:
        yield ""
        yield from (f"- {plain_text(name)}: {_said(words)}" for name, words in page.short)
    if page.seal is not None:
        yield ""
        yield f"Last draw sealed {plain_text(page.seal)}"


def _paragraph(paragraph: Paragraph) -> Iterator[str]:
    if paragraph.kind == "rows":
        first, *_ = paragraph.rows
        yield "|" + "   |" * len(first)
        yield (
            "|"
            + "|".join("--:" if any(row[at].right for row in paragraph.rows) else "---" for at in range(len(first)))
            + "|"
        )
        yield from ("| " + " | ".join(_cell(cell) for cell in row) + " |" for row in paragraph.rows)
    elif paragraph.kind == "quote":
        yield "- " + " ".join(_said(part) for part in paragraph.parts if part.text)
    else:
        yield " ".join(_said(part) for part in paragraph.parts)


def _said(part: Words) -> str:
    text = plain_text(part.text)
    return f"**{text}**" if part.style in _STRONG and text else text


def _cell(cell: Cell) -> str:
    return _said(Words(cell.text, cell.style))
