"""Every record that leaves the store while the tests run holds what its fields are declared to hold."""

from collections.abc import Iterable
from functools import cache
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from care.db import fetch

_made = fetch.records


def hold() -> None:
    """From now on a row with a value of another type than its record's field is a TypeError."""
    fetch.records = _checked


def _checked(record: type[Any], labels: tuple[str, ...], rows: Iterable[Any]) -> list[Any]:
    found = _made(record, labels, rows)
    for row in found:
        for (name, kinds), value in zip(_kinds(record), row, strict=True):
            if kinds and type(value) not in kinds:
                raise TypeError(f"{record.__name__}.{name} is {value!r}")
    return found


@cache
def _kinds(record: type[Any]) -> list[tuple[str, tuple[Any, ...]]]:
    return [(name, _plain(declared)) for name, declared in get_type_hints(record).items()]


def _plain(declared: Any) -> tuple[Any, ...]:
    """The types a value may have; none where it may have any."""
    if get_origin(declared) in (Union, UnionType):
        parts = [_plain(part) for part in get_args(declared)]
        return sum(parts, ()) if all(parts) else ()
    kind = get_origin(declared) or declared
    return () if kind is Any else (kind,)
