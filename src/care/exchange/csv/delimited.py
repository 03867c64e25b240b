"""Records of a delimited file, strictly: which delimiter it has, and where a record that is not one begins."""

import csv
import io
import re
from collections.abc import Callable, Generator
from typing import BinaryIO, NamedTuple

from care.errors import BadFile

DELIMITERS = (",", ";", "\t", "|")

LARGEST_CELL = 1 << 20  # characters; notes come longer than the 131,072 the csv module allows

MOST_COLUMNS = 5_000

_SAMPLE = 1 << 18  # characters of the beginning, enough for a header of that many columns

_SEP_LINE = re.compile(r'"?sep=([^"\w\s]|\t)"?[ \t;,]*(?:\r\n|\r|\n|$)', re.IGNORECASE)


class Dialect(NamedTuple):
    """How a file is written; ``has_sep_line`` is whether its first line only says the delimiter."""

    encoding: str
    delimiter: str
    has_sep_line: bool
    spaces_before_quotes: bool


def dialect_of(file: BinaryIO, encoding: str, count_known: Callable[[list[str]], int]) -> Dialect:
    """The dialect of a file: its ``sep=`` line says it, else the header.

    ``count_known`` says how many cells of a header are known. The delimiter that makes the most known columns is right,
    then the one that makes the most columns; a comma when none makes two.
    """
    text = io.TextIOWrapper(file, encoding=encoding, newline="")
    sample = text.read(_SAMPLE)
    text.detach()
    said = _SEP_LINE.match(sample)
    if said:
        delimiter = said[1]
    else:
        headers = {delimiter: _first_record(sample, delimiter) for delimiter in DELIMITERS}
        # One cell says nothing of a delimiter: any that is not in the file makes one.
        delimiter = max(DELIMITERS, key=lambda each: (count_known(headers[each]), max(2, len(headers[each]))))
    # A quote after a space opens a cell only where the file does that; no well-formed quoted cell holds this pattern.
    opening = re.compile(f'(?:^|{re.escape(delimiter)}|\n) +"[^"{re.escape(delimiter)}\r\n]')
    return Dialect(encoding, delimiter, said is not None, opening.search(sample) is not None)


def _first_record(sample: str, delimiter: str) -> list[str]:
    """The first record with anything in it; empty when the sample has none."""
    try:
        for record in csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter):
            if any(cell.strip() for cell in record):
                return record
    except csv.Error:
        return []
    return []


def records(file: BinaryIO, name: str, dialect: Dialect) -> Generator[tuple[int, list[str]], None, None]:
    """Each record, empty ones too, with the line it begins on (1 for the first of the file).

    Close it before the file. Raises BadFile naming the line for a quote that is not closed, and for a cell of more than
    ``LARGEST_CELL`` characters.
    """
    text = io.TextIOWrapper(file, encoding=dialect.encoding, newline="")
    skipped = 0
    if dialect.has_sep_line:
        text.readline()
        skipped = 1
    reader = csv.reader(text, delimiter=dialect.delimiter, strict=True, skipinitialspace=dialect.spaces_before_quotes)
    line = 1 + skipped
    # The limit belongs to the whole process, so it is given back.
    usual = csv.field_size_limit(LARGEST_CELL)
    try:
        for record in reader:
            yield line, record
            line = reader.line_num + 1 + skipped
    except csv.Error as problem:
        raise BadFile(f"{name}: the record that begins on line {line} {_fault(problem)}.") from None
    except (OSError, UnicodeError) as problem:
        raise BadFile(f"{name} cannot be read beyond line {line}: {problem}. Try again.") from None
    finally:
        text.detach()
        csv.field_size_limit(usual)


def _fault(problem: csv.Error) -> str:
    """What is wrong with a record and what to do, from what the csv module says of it."""
    if "field limit" in str(problem):
        return "has a cell of more than 1 MB. Is a quote in it not closed? Correct that line"
    if "unexpected end" in str(problem):
        return "opens a quote that is never closed. Close it, or take the quote away"
    return 'goes on after a closing quote, or does not close one. Write a quote inside a quoted cell twice, like ""'
