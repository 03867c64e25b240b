"""Whether weeks were kept: every call that was planned was tried."""

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from care.times.weeks import Week


class WeekDone(NamedTuple):
    """One week with a plan: its calls, how many of them were tried, and the talks held."""

    week: str
    calls: int
    tried: int
    held: int

    @property
    def kept(self) -> bool:
        """Trying is in our hands, reaching is not."""
        return self.calls > 0 and self.tried == self.calls


def kept_in_a_row(weeks: Sequence[WeekDone], off: Collection[str], this: Week) -> int:
    """How many weeks up to now were kept one after the other.

    The running week counts once it is kept and breaks nothing before it is over; a week off is passed over; a week
    without a plan breaks the row.
    """
    done: Mapping[str, WeekDone] = {week.week: week for week in weeks}
    week, row = this, 0
    if not (str(week) in done and done[str(week)].kept):
        week = week.previous()
    while str(week) in off or (str(week) in done and done[str(week)].kept):
        row += str(week) not in off
        week = week.previous()
    return row
