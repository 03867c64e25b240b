"""What becomes of an event: every way in which the plan, the calendar or both can have changed."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from care.customers.records import Person
from care.interviews.calendar_events.reconcile import (
    Decision,
    EventStep,
    decide,
    is_past,
    looks_emptied,
    missing,
    span_of,
)
from care.interviews.calendar_events.records import (
    CalendarEvent,
    CallEvent,
    Event,
    EventSpan,
    LastWritten,
    words_digest,
)
from care.interviews.calendar_events.wording import dial_of, plain, summary_of
from care.words import CallState

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
TEN, ELEVEN, NOON = (
    EventSpan(at, at + timedelta(minutes=20)) for at in (NOW.replace(day=24, hour=hour) for hour in (10, 11, 12))
)
OURS, NEW, THEIRS = words_digest("Call Kari", "a"), words_digest("Call Kari", "b"), words_digest("Call Kari", "mine")
WAS = LastWritten("s", "here", TEN.key, OURS, OURS)


def plan(span: EventSpan | None = TEN, description: str = "a", written: LastWritten | None = WAS) -> CallEvent:
    """A call as the plan has it; without a span it does not belong into the calendar."""
    event = None if span is None else Event("uid", 0, span, "Call Kari", description)
    state = CallState.PLANNED if event else CallState.SKIPPED
    return CallEvent(1, "Kari", "uid", state, "Ann", event, written, written or LastWritten(), 0)


def there(span: EventSpan | None = TEN, words: str = OURS, **more: Any) -> CalendarEvent:
    """The event as the calendar has it."""
    return CalendarEvent("uid", span, words, 0, False, "e", b"", "place")._replace(**more)


@pytest.mark.parametrize(
    ("ours", "theirs", "what"),
    [
        (plan(written=None), None, Decision(EventStep.CREATE, True, True)),
        (plan(), there(), Decision(EventStep.NOTHING)),
        (plan(ELEVEN), there(), Decision(EventStep.WRITE, True)),
        (plan(description="b"), there(), Decision(EventStep.WRITE, False, True)),
        (plan(ELEVEN, "b"), there(), Decision(EventStep.WRITE, True, True)),
        (plan(), there(ELEVEN), Decision(EventStep.MOVED)),
        (plan(description="b"), there(ELEVEN), Decision(EventStep.MOVED)),
        (plan(ELEVEN), there(ELEVEN), Decision(EventStep.NOTE)),
        (plan(ELEVEN), there(NOON), Decision(EventStep.CLASH)),
        (plan(ELEVEN), there(EventSpan(ELEVEN.start, NOON.end)), Decision(EventStep.WRITE, True)),
        (plan(), there(EventSpan(TEN.start, NOON.end)), Decision(EventStep.MOVED)),
        (plan(), there(None), Decision(EventStep.MOVED)),
        (plan(), None, Decision(EventStep.DELETED)),
        (plan(ELEVEN), None, Decision(EventStep.DELETED)),
        (plan(), there(cancelled=True), Decision(EventStep.DELETED)),
        (plan(), there(words=THEIRS), Decision(EventStep.NOTHING)),
        (plan(ELEVEN), there(words=THEIRS), Decision(EventStep.WRITE, True)),
        (plan(description="b"), there(words=THEIRS), Decision(EventStep.NOTE, left=True)),
        (plan(ELEVEN, "b"), there(words=THEIRS), Decision(EventStep.WRITE, True, left=True)),
        (plan(description="b", written=WAS._replace(left=NEW)), there(words=THEIRS), Decision(EventStep.NOTHING)),
        (plan(description="b"), there(words=NEW), Decision(EventStep.NOTE)),
        (
            plan(written=WAS._replace(there=THEIRS)),
            there(words=THEIRS),
            Decision(EventStep.NOTHING),
        ),  # the server's own way
        (plan(None), there(), Decision(EventStep.REMOVE)),
        (plan(None), None, Decision(EventStep.DROP)),
        (plan(None), there(cancelled=True), Decision(EventStep.DROP)),
        (plan(None), there(ELEVEN), Decision(EventStep.CLASH)),
        (plan(None), there(words=THEIRS), Decision(EventStep.CLASH)),
        (plan(None, written=None), there(), Decision(EventStep.NOTHING)),
        (plan(written=None), there(), Decision(EventStep.NOTE)),  # written, and the note of it was lost
        (plan(written=None), there(words=THEIRS), Decision(EventStep.WRITE, False, True)),
        (plan(written=None), there(ELEVEN), Decision(EventStep.CLASH)),
    ],
)
def test_the_verdict(ours: CallEvent, theirs: CalendarEvent | None, what: Decision) -> None:
    assert decide(ours, theirs, NOW) == what


def test_what_is_past_is_let_be() -> None:
    later = NOW.replace(day=25)
    assert decide(plan(), None, later) == Decision(EventStep.NOTHING)
    assert is_past(TEN, TEN.end)  # type: ignore[arg-type]
    assert not is_past(TEN, TEN.start)  # type: ignore[arg-type]
    day = EventSpan(date(2026, 11, 23), date(2026, 11, 24))
    assert not is_past(day, datetime(2026, 11, 24, 11, tzinfo=UTC))  # it is still that day in Honolulu
    assert is_past(day, datetime(2026, 11, 24, 12, tzinfo=UTC))


@pytest.mark.parametrize(
    ("gone", "of", "emptied"),
    [(0, 0, False), (1, 1, False), (2, 2, True), (1, 3, False), (2, 3, True), (2, 4, False), (3, 4, True)],
)
def test_when_a_calendar_looks_emptied(gone: int, of: int, emptied: bool) -> None:
    assert looks_emptied(gone, of) is emptied


def test_only_what_was_written_and_is_to_come_can_be_missing() -> None:
    calls = [plan()._replace(uid=str(number)) for number in range(3)]
    calls += [plan(written=None)._replace(uid="new"), plan(None)._replace(uid="skipped")]
    assert missing(calls, {"0": there()}, NOW) == (3, 4)
    assert missing(calls, {"0": there()}, NOW.replace(day=25)) == (0, 0)


def test_the_time_of_a_call() -> None:
    at, days = NOW, (date(2026, 11, 23), date(2026, 11, 28))
    assert span_of(None, None, 20, days) == EventSpan(*days)
    assert span_of(at, at + timedelta(hours=1), 20, days).end == at + timedelta(hours=1)
    for end in (None, at, at - timedelta(hours=1)):
        assert span_of(at, end, 20, days).end == at + timedelta(minutes=20)


def test_what_the_store_remembers() -> None:
    assert LastWritten.read(WAS.text()) == WAS
    assert WAS.span == TEN
    days = EventSpan(date(2026, 11, 23), date(2026, 11, 28))
    assert WAS._replace(when=days.key).span == days
    assert LastWritten.read(None) == LastWritten.read("{}") == LastWritten.read("no json") == LastWritten()
    assert words_digest("Call Kari", "a \r\nb\n") == words_digest("Call Kari ", "a\n\n  b")


def test_an_event_has_one_plain_line_and_a_number_to_dial() -> None:
    assert plain(" Ann\r\nBEGIN:VEVENT\x00\u202eX ") == "Ann BEGIN:VEVENT X"
    assert summary_of(Person(1, "Kari\nN", "Kraft  AS")) == "Call Kari N (Kraft AS)"
    assert [dial_of(phone) for phone in ("+47 22 (12) 34-56", "*100#", "ask Bo", "", None)] == [
        "+4722123456", None, None, None, None,
    ]  # fmt: skip
