"""The report as one CSV for a spreadsheet: a row for each thing in it, under the names its JSON has."""

import csv
import io
from collections.abc import Iterator
from datetime import date, datetime
from enum import Enum
from typing import Any

from care.reports.records import Report, is_record
from care.text import with_apostrophe

SECTION, OF = "section", "of_id"
"""The first columns: which section a row is from, and the ``id`` of the row it belongs to where it belongs to one."""

Row = dict[str, Any]


def report_csv(report: Report) -> str:
    """The whole report. A cell that a spreadsheet would calculate gets an apostrophe in front."""
    rows = [row for name, section in report.sections.items() for row in _rows(name, section)]
    columns = list(dict.fromkeys((SECTION, OF, *(column for row in rows for column in row))))
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(columns)
    writer.writerows([_cell(row.get(column)) for column in columns] for row in rows)
    return text.getvalue()


def _rows(name: str, value: Any, of: Any = None) -> Iterator[Row]:
    """The rows of a section: of a list one each, of a record one with its plain values, then those of its lists."""
    if isinstance(value, dict):
        yield from ({SECTION: name, OF: of, "name": key, "value": part} for key, part in value.items())
    elif is_record(value):
        row: Row = {SECTION: name, OF: of}
        below: list[tuple[str, Any]] = []
        _fill(row, below, "", value)
        yield row
        for inner, more in below:
            yield from _rows(f"{name}.{inner}", more, row.get("id"))
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _rows(name, part, of)
    else:
        yield {SECTION: name, OF: of, "value": value}


def _fill(row: Row, below: list[tuple[str, Any]], lead: str, record: Any) -> None:
    for field, value in record._asdict().items():
        name = f"{lead}{field}"
        if is_record(value):
            _fill(row, below, f"{name}_", value)
        elif isinstance(value, dict | list | tuple):
            if value:
                below.append((name, value))
        else:
            row[name] = value


def _cell(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value if isinstance(value, int | float) else with_apostrophe(str(value))
