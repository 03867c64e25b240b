"""The only place that reads the wall clock or chance."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from hashlib import blake2b
from itertools import count as count_from

from care.errors import BadSetting

VARIABLE = "CARE_NOW"

LAST_YEAR = 9000


def now() -> datetime:
    """The present instant in UTC, to the second, or what ``CARE_NOW`` says instead.

    Raises BadSetting when ``CARE_NOW`` is not ISO 8601 with an offset.
    """
    said = os.environ.get(VARIABLE)
    if not said:
        return datetime.now(UTC).replace(microsecond=0)
    try:
        instant = datetime.fromisoformat(said)
    except ValueError:
        raise BadSetting(VARIABLE, said, "2026-11-23T09:00:00+01:00") from None
    if instant.tzinfo is None:
        raise BadSetting(VARIABLE, said, "2026-11-23T09:00:00+01:00, with the offset")
    if not 1970 <= instant.year < LAST_YEAR:
        raise BadSetting(VARIABLE, said, f"2026-11-23T09:00:00+01:00, a year from 1970 to {LAST_YEAR - 1}")
    return instant.astimezone(UTC).replace(microsecond=0)


def is_explicit() -> bool:
    """Whether the clock was set by hand; a draw says so in its seal."""
    return bool(os.environ.get(VARIABLE))


_told: Iterator[bytes] | None = None


def secret_bytes(count: int) -> bytes:
    """That many bytes nobody can guess."""
    if _told is None:
        return os.urandom(count)
    return b"".join(next(_told) for _ in range(-(-count // 32)))[:count]


@contextmanager
def seeded_randomness(seed: bytes) -> Iterator[None]:
    """Within it ``secret_bytes`` gives what the seed says, for a store that must be the same on every machine."""
    global _told
    _told = (blake2b(number.to_bytes(8, "big"), key=seed[:64], digest_size=32).digest() for number in count_from())
    try:
        yield
    finally:
        _told = None
