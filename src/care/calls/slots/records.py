"""Times as the matching of calls takes them."""

from datetime import datetime
from typing import NamedTuple


class Busy(NamedTuple):
    """A time at which a caller cannot call, from ``starts_at`` until before ``ends_at``, each with its zone."""

    starts_at: datetime
    ends_at: datetime
