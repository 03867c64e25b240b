"""The only place that reads the wall clock or chance."""

import os
import secrets
from datetime import UTC, datetime

from care.errors import BadSetting

VARIABLE = "CARE_NOW"


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
    return instant.astimezone(UTC).replace(microsecond=0)


def is_explicit() -> bool:
    """Whether the clock was set by hand; a draw says so in its seal."""
    return bool(os.environ.get(VARIABLE))


def secret_bytes(count: int) -> bytes:
    """That many bytes nobody can guess."""
    return secrets.token_bytes(count)
