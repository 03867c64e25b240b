"""The free pieces of a week: weekly hours on certain days, less what is taken, and the starts of calls in them."""

from bisect import bisect_right
from collections.abc import Container, Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from care.calls.slots.records import Lengths, Span
from care.times.hours import Hours
from care.times.zones import zone as zone_of_name

STEP = timedelta(minutes=5)
"""Calls begin on five minutes: nobody meets at 10:07."""

_MINUTE = timedelta(minutes=1)


def spans_of(hours: Hours, days: Iterable[date], zone: str, closed: Container[date] = ()) -> list[Span]:
    """The pieces of these days that the weekly hours of someone in that zone cover, in order; none of a closed day.

    Where the clocks change, a piece holds only instants at which the clock there shows an hour of theirs.
    """
    there, found = zone_of_name(zone), []
    for day in days:
        for weekday, start, end in hours:
            if weekday == day.weekday() and day not in closed:
                opens, closes = _opening(day, start, there), _closing(day, end, there)
                if opens < closes:
                    found.append(Span(opens, closes))
    return joined(found)


def joined(spans: Iterable[Span]) -> list[Span]:
    """The spans in order, those that touch made one."""
    found: list[Span] = []
    for span in sorted(spans):
        if found and span.start <= found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return found


def without(spans: Iterable[Span], taken: Iterable[Span]) -> list[Span]:
    """What is left of spans once others are taken out of them."""
    left = list(spans)
    for out in taken:
        left = [
            piece
            for span in left
            for piece in (Span(span.start, min(span.end, out.start)), Span(max(span.start, out.end), span.end))
            if piece.start < piece.end
        ] if out.start < out.end else left  # fmt: skip
    return left


def starts_in(spans: Iterable[Span], lengths: Lengths) -> list[datetime]:
    """Where calls begin that are put one after the other, with the gap between, into these pieces, in their order."""
    found: list[datetime] = []
    for span in spans:
        start = on_step(max(span.start, found[-1] + lengths.call + lengths.gap) if found else span.start)
        while start + lengths.call <= span.end:
            found.append(start)
            start = on_step(start + lengths.call + lengths.gap)
    return found


def holds(spans: Sequence[Span], start: datetime, length: timedelta) -> bool:
    """Whether a call that begins then lies in one of these pieces, which are in order and do not touch."""
    at = bisect_right(spans, start, key=lambda span: span.start) - 1
    return at >= 0 and start + length <= spans[at].end


def on_step(instant: datetime) -> datetime:
    """The instant, or the next one at which a call may begin."""
    past = timedelta(minutes=instant.minute % 5, seconds=instant.second, microseconds=instant.microsecond)
    return instant if not past else instant + STEP - past


def _opening(day: date, minute: int, there: ZoneInfo) -> datetime:
    """The first instant of the day's last stretch of clock that shows that minute or a later one.

    An hour that comes twice opens the second time, for after the first the clock falls behind it once more.
    """
    wall = _wall(day, minute, there)
    return _instant(wall, there, fold=1)


def _closing(day: date, minute: int, there: ZoneInfo) -> datetime:
    """The first instant of the day at which the clock shows that minute or a later one."""
    wall = _wall(day, minute, there)
    return _instant(wall, there, fold=0)


def _wall(day: date, minute: int, there: ZoneInfo) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=there) + timedelta(minutes=minute)


def _instant(wall: datetime, there: ZoneInfo, fold: int) -> datetime:
    instant = wall.replace(fold=fold).astimezone(UTC)
    if instant.astimezone(there).replace(tzinfo=None) == wall.replace(tzinfo=None):
        return instant
    # The clocks skip that minute: what matters is the moment they do.
    before = wall.replace(fold=1).astimezone(UTC)
    offset = before.astimezone(there).utcoffset()
    while before.astimezone(there).utcoffset() == offset:
        before += _MINUTE
    return before
