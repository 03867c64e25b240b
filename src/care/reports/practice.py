"""The practice: weeks kept, tries and talks, and who in the team has spoken with a customer."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from care.times.weeks import Week

SHOWN_WEEKS = 6


SPOKE_DAYS = 30


@dataclass(frozen=True, slots=True)
class WeekDone:
    """One week with a plan: its calls, how many of them were tried, and the talks held."""

    week: str
    calls: int
    tried: int
    held: int

    @property
    def kept(self) -> bool:
        """Trying is in our hands, reaching is not."""
        return self.calls > 0 and self.tried == self.calls


@dataclass(frozen=True, slots=True)
class Practice:
    """How the practice goes. ``spoke`` counts talks by name in the report's time, ``silent`` did not in 30 days."""

    weeks_kept: int
    weeks: tuple[WeekDone, ...]
    tries: int
    reached: int
    talks: int
    drawn_talks: int
    lapsed: int
    spoke: dict[str, int]
    silent: tuple[str, ...]


def kept_in_a_row(weeks: Sequence[WeekDone], off: Collection[str], this: Week) -> int:
    """How many weeks up to now were kept one after the other.

    The running week counts once it is kept and breaks nothing before it is over; a week off is passed over; a week
    without a plan breaks the row.
    """
    done: Mapping[str, WeekDone] = {one.week: one for one in weeks}
    week, row = this, 0
    if not (str(week) in done and done[str(week)].kept):
        week = week.previous()
    while str(week) in off or (str(week) in done and done[str(week)].kept):
        row += str(week) not in off
        week = week.previous()
    return row
