"""Times as the matching of calls takes them."""

from datetime import datetime, timedelta
from typing import NamedTuple

from care.times.hours import Hours


class Busy(NamedTuple):
    """A time at which a caller cannot call, from ``starts_at`` until before ``ends_at``, each with its zone."""

    starts_at: datetime
    ends_at: datetime


class Span(NamedTuple):
    """A piece of time, from ``start`` until before ``end``, in UTC."""

    start: datetime
    end: datetime


class Lengths(NamedTuple):
    """How long a call is, and how much lies between two calls of one caller."""

    call: timedelta
    gap: timedelta


class Sought(NamedTuple):
    """A call that wants a time: its number, its customer's hours, zone and country, and who of us could make it.

    ``callers`` are in the order in which they should; ``owner``, who looks after the account, only when nobody else
    can. ``spans`` are when the customer can be called.
    """

    call_id: int
    callers: tuple[str, ...]
    spans: tuple[Span, ...]
    owner: str | None = None


class Clock(NamedTuple):
    """Whose clock and which hours: a caller's slots or a customer's hours, their zone and their country."""

    hours: Hours
    zone: str
    country: str | None = None
