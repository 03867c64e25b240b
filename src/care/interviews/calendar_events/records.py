"""A call, its event, and what a calendar holds of it."""

import json
from datetime import UTC, date, datetime
from typing import NamedTuple, Self

from care.chain import digest
from care.words import CallState


class EventSpan(NamedTuple):
    """A time in a calendar: two instants with their zone, or whole days, the last of them not included."""

    start: date
    end: date

    @property
    def is_timed(self) -> bool:
        """Whether it has hours, and is not whole days."""
        return isinstance(self.start, datetime)

    @property
    def key(self) -> str:
        """The span as text that is the same in every zone, to compare it and to remember it by."""
        ends = (one.astimezone(UTC) if isinstance(one, datetime) else one for one in self)
        return "/".join(end.isoformat() for end in ends)


class Event(NamedTuple):
    """What is written of one thing into a calendar. ``dial`` is a number as a telephone takes it."""

    uid: str
    sequence: int
    span: EventSpan
    summary: str
    description: str
    dial: str | None = None
    cancelled: bool = False

    @property
    def words(self) -> str:
        """A digest of what it says."""
        return words_digest(self.summary, self.description)

    @property
    def said(self) -> str:
        """A digest of everything for which SEQUENCE counts on."""
        return digest(self.span.key, self.words, str(self.cancelled))[:16]


class CalendarEvent(NamedTuple):
    """An event as a calendar holds it now. ``data`` is the whole of it as it came; ``etag`` its version there."""

    uid: str
    span: EventSpan | None
    words: str
    sequence: int
    cancelled: bool
    etag: str | None
    data: bytes
    place: str


class LastWritten(NamedTuple):
    """What was last given out of a call. ``said`` is the digest that its SEQUENCE stands for.

    ``calendar`` names the calendar it was published to, ``when`` the time both sides agreed on last, ``words`` what we
    wrote and ``there`` what the calendar made of it; ``left`` is what we would have said where the words there are
    somebody else's and were left alone.
    """

    said: str = ""
    calendar: str = ""
    when: str = ""
    words: str = ""
    there: str = ""
    left: str = ""

    @classmethod
    def read(cls, text: str | None) -> Self:
        """What the store remembers; nothing where it remembers nothing."""
        try:
            kept = json.loads(text or "{}")
        except ValueError:
            return cls()
        return cls(**{name: str(kept[name]) for name in cls._fields if name in kept})

    @property
    def span(self) -> EventSpan:
        """The time both sides agreed on last."""
        start, end = (
            datetime.fromisoformat(one) if "T" in one else date.fromisoformat(one) for one in self.when.split("/")
        )
        return EventSpan(start, end)

    def text(self) -> str:
        """As the store keeps it."""
        return json.dumps({name: value for name, value in self._asdict().items() if value}, sort_keys=True)


class CallEvent(NamedTuple):
    """A call and its event. ``wanted`` says whether it belongs into this calendar now; ``event`` is None where not.

    ``written`` is what was last published to this calendar, None where nothing was.
    """

    call_id: int
    name: str
    uid: str
    state: CallState
    caller: str
    event: Event | None
    written: LastWritten | None
    given: LastWritten
    sequence: int

    @property
    def wanted(self) -> bool:
        """Whether it belongs into this calendar now."""
        return self.event is not None

    @property
    def ref(self) -> str:
        """How a person names it."""
        return f"c{self.call_id} {self.name}"


def words_digest(summary: str, description: str) -> str:
    """A digest of what an event says, whatever the line ends and the spaces at them: servers change those."""
    lines = [line.strip() for line in f"{summary}\n{description}".splitlines()]
    return digest("\n".join(line for line in lines if line))[:16]
