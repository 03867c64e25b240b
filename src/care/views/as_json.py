"""Records as JSON for scripts: the same fields a person sees, snake_case, dates ISO 8601, instants with offset."""

import json
import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from enum import Enum
from textwrap import indent
from typing import Any, TextIO

from care.reports.records import Report, is_record

# What would turn, hide or steer text on a terminal. JSON can say it by its number, and a program reads the same.
_UNSEEN = re.compile("[\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]")


def plain(value: Any) -> Any:
    """The value as dicts, lists, strings, numbers, true, false and null."""
    if isinstance(value, Report):
        whole = {"company": value.company, "since": value.since, "until": value.until, "seal": value.seal}
        return plain(whole | value.sections | {"totals": value.totals})
    if is_record(value):
        return {name: plain(part) for name, part in value._asdict().items()}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, dict):
        return {str(plain(key)): plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [plain(part) for part in value]
    return value


def to_json(record: Any) -> str:
    """One JSON object, readable and with every script's letters as they are."""
    return _UNSEEN.sub(_escaped, json.dumps(plain(record), ensure_ascii=False, indent=2))


def json_pieces(head: Any, name: str, records: Iterable[Any]) -> Iterator[str]:
    """One JSON object in pieces: the fields of ``head``, then under that name the records, one piece each."""
    start = to_json(head).removesuffix("\n}")
    yield f'{start},\n  "{name}": ['
    between = "\n"
    for record in records:
        yield between + indent(to_json(record), "    ")
        between = ",\n"
    yield "\n  ]\n}\n" if between == ",\n" else "]\n}\n"


def _escaped(found: re.Match[str]) -> str:
    return f"\\u{ord(found[0]):04x}"


def write_json(stream: TextIO, record: Any) -> None:
    """Writes one JSON object; letters that the stream's encoding might lack are written as JSON writes them."""
    lacks_none = (stream.encoding or "utf-8").lower().replace("-", "") == "utf8"
    stream.write(to_json(record) if lacks_none else json.dumps(plain(record), indent=2))
    stream.write("\n")
