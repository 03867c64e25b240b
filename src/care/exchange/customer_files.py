"""Which kind of file customers come in, and its reader."""

import codecs
import re
from pathlib import Path
from typing import TYPE_CHECKING

from care.exchange.csv.reading_options import ReadingOptions
from care.exchange.sources import Source

if TYPE_CHECKING:
    from care.exchange.csv.customers import CustomersFile
    from care.exchange.vcards.files import VCardsFile


_BEGINS = re.compile(r"[\s\ufeff]*(?:[\w.-]+\.)?BEGIN\s*:\s*VCARD\s*?(?:[\r\n]|$)", re.IGNORECASE).match

_MARKS = {codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}

_START = 4096  # bytes in which the first text is looked for


def open_customers(path: Path, options: ReadingOptions, is_vcard: bool | None = None) -> "CustomersFile | VCardsFile":
    """The customer file at the path, ready to be read; whether it is vCards is seen from its first text if not said.

    Raises BadFile for a file that cannot be taken, WrongUsage or BadSetting for options that do not fit it.
    """
    source = Source(path)
    if holds_cards(source, options.encoding) if is_vcard is None else is_vcard:
        from care.exchange.vcards.files import read_cards

        return read_cards(source, options)
    from care.exchange.csv.customers import read_source

    return read_source(source, options)


def holds_cards(source: Source, encoding: str | None) -> bool:
    """Whether the first text of a file begins a card, in UTF-16 too."""
    with source.open() as file:
        start = file.read(_START)
    name = _MARKS.get(start[:2], "utf-8")
    if encoding is not None and name == "utf-8":
        try:
            if _BEGINS(start.decode(encoding, errors="ignore")):
                return True
        except (LookupError, ValueError):
            pass
    return _BEGINS(start.decode(name, errors="ignore")) is not None
