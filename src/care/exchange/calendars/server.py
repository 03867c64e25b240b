"""A calendar on a CalDAV server.

Nothing is sent to another host than the one that was named: a redirect is refused. A server has so long to answer.
"""

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any, NoReturn
from urllib.parse import urlsplit

from care.errors import NoCalendar
from care.exchange.calendars.events import eligibility_of
from care.exchange.calendars.passwords import where_kept
from care.exchange.calendars.port import ChangedElsewhere
from care.interviews.calendar_events.records import CalendarEvent

if TYPE_CHECKING:
    from caldav.calendarobjectresource import Event as Item
    from caldav.davclient import DAVClient


ANSWER_SECONDS = 10
"""How long a server may take to answer before we give up."""

_CALENDAR = "{urn:ietf:params:xml:ns:caldav}calendar"


@contextmanager
def server_calendar(url: str, user: str | None, password: str | None) -> Iterator["ServerCalendar"]:
    """The calendar at that address, once it has answered as one. Raises NoCalendar."""
    try:
        from caldav.davclient import DAVClient
    except ImportError:
        raise NoCalendar(
            "a calendar on a server needs one more library", "Install it with pip install 'care[caldav]'"
        ) from None
    for name in ("caldav", "niquests", "urllib3_future"):  # whatever is worth telling becomes one line of ours
        logging.getLogger(name).addHandler(logging.NullHandler())
        logging.getLogger(name).propagate = False
    with DAVClient(
        url=url, username=user, password=password, timeout=ANSWER_SECONDS, enable_rfc6764=False, rate_limit_handle=False
    ) as client:
        client.session.max_redirects = 0
        yield ServerCalendar(client, url, user)


class ServerCalendar:
    """One calendar on a CalDAV server."""

    def __init__(self, client: "DAVClient", url: str, user: str | None) -> None:
        """Raises NoCalendar where there is none at that address."""
        from caldav.collection import Calendar as Collection

        self.url = url if url.endswith("/") else f"{url}/"
        self.host = urlsplit(url).netloc.rpartition("@")[2]
        self.user = user
        self._client = client
        self._calendar = Collection(client=client, url=self.url)
        kinds = self._found(lambda: self._calendar.get_properties([_resource_type()]))
        if _CALENDAR not in str(kinds):
            raise self._none_there()

    def find(self, uids: Iterable[str]) -> dict[str, CalendarEvent]:
        """Those of these events that it has; one that got another address there is found by its UID."""
        found = {}
        for uid in uids:
            there = self._load(uid)
            if there is not None:
                found[uid] = there
        return found

    def within(self, starts_at: datetime, ends_at: datetime) -> list[bytes]:
        """The data of everything in it that takes place within that time."""
        search = self._calendar.search
        items = self._found(lambda: search(start=starts_at, end=ends_at, event=True, expand=False))
        return [_data(item) for item in items]

    def write(self, uid: str, text: str, before: CalendarEvent | None) -> CalendarEvent:
        """Writes one event and reads it back. Raises Changed where another stands there than before."""
        item = self._item(uid, before)
        self._found(lambda: item.save(raw_data=text.encode(), no_overwrite=before is None, precondition="etag"))
        there = self._load(uid, str(item.url))
        if there is None:
            raise NoCalendar(f"{self.host} did not keep what was written", "Look into that calendar")
        return there

    def remove(self, before: CalendarEvent) -> None:
        """Removes one event. Raises Changed where another stands there than before."""
        from caldav.lib.error import NotFoundError

        item = self._item(before.uid, before)
        strong = before.etag is not None and not before.etag.startswith("W/")
        try:
            self._asked(lambda: item.delete(if_match=before.etag if strong else False))
        except NotFoundError:
            return

    def _item(self, uid: str, before: CalendarEvent | None) -> "Item":
        from caldav.calendarobjectresource import Event as Item
        from caldav.elements import dav

        item = Item(self._client, url=before.place if before else f"{self.url}{uid}.ics", parent=self._calendar)
        if before is not None and before.etag is not None:
            item.props[dav.GetEtag.tag] = before.etag
        return item

    def _load(self, uid: str, place: str | None = None) -> CalendarEvent | None:
        from caldav.calendarobjectresource import Event as Item
        from caldav.lib.error import NotFoundError

        item = Item(self._client, url=place or f"{self.url}{uid}.ics", parent=self._calendar)
        try:
            self._asked(lambda: item.load(multiget_fallback=False))
        except NotFoundError:
            try:
                item = self._asked(lambda: self._calendar.get_event_by_uid(uid))
            except NotFoundError:
                return None
        return eligibility_of(_data(item), uid, item.etag, str(item.url))

    def _found(self, ask: Callable[[], Any]) -> Any:
        """What the server answers, where the calendar itself must be there. Raises NoCalendar or Changed."""
        from caldav.lib.error import NotFoundError

        try:
            return self._asked(ask)
        except NotFoundError:
            raise self._none_there() from None

    def _none_there(self) -> NoCalendar:
        todo = "Give the calendar's own: care config set calendar URL"
        return NoCalendar(f"{self.host} has no calendar at that address", todo)

    def _asked(self, ask: Callable[[], Any]) -> Any:
        """What the server answers. Raises NoCalendar in its stead, Changed, or NotFoundError of the library."""
        import niquests
        from caldav.lib import error

        try:
            return ask()
        except error.NotFoundError:
            raise
        except (error.ETagMismatchError, error.ScheduleTagMismatchError, error.ConsistencyError):
            raise ChangedElsewhere from None
        except error.AuthorizationError as refused:
            self._refused(refused)
        except (error.DAVError, niquests.RequestException, OSError, *UNREADABLE_ANSWERS) as problem:
            raise NoCalendar(*self._said(problem)) from None

    def _refused(self, refused: Any) -> NoReturn:
        whose = f"{self.user}’s password" if self.user else "us without a name and a password"
        if refused.status == 403:
            raise NoCalendar(
                f"{self.host} does not let {self.user or 'us'} into that calendar", "Set another"
            ) from None
        todo = where_kept(self.user) if self.user else "Say care config set calendar_user NAME"
        raise NoCalendar(f"{self.host} refuses {whose}", todo) from None

    def _said(self, problem: Exception) -> tuple[str, str]:
        import niquests

        if isinstance(problem, niquests.TooManyRedirects):
            return f"{self.host} sends us elsewhere{_target(problem)}", "If that is right, set calendar to it"
        if isinstance(problem, niquests.Timeout):
            return f"{self.host} did not answer within {ANSWER_SECONDS} seconds", "Try later"
        if isinstance(problem, niquests.exceptions.SSLError):
            return f"{self.host} cannot prove who it is (its certificate)", "Set it right"
        if isinstance(problem, (niquests.ConnectionError, OSError)):
            return f"{self.host} cannot be reached", "Look whether it is up"
        status = getattr(problem, "status", None)
        return f"{self.host} answered with an error{f' ({status})' if status else ''}", "Try later"


UNREADABLE_ANSWERS = (ValueError, LookupError, TypeError, AttributeError, AssertionError)
"""What the library raises on answers that are no CalDAV."""


def _resource_type() -> Any:
    from caldav.elements import dav

    return dav.ResourceType()


def _data(item: Any) -> bytes:
    data = item.data
    return data.encode() if isinstance(data, str) else bytes(data or b"")


def _target(problem: Any) -> str:
    response = getattr(problem, "response", None)
    host = urlsplit(response.headers.get("Location", "")).netloc if response is not None else ""
    return f" to {host.rpartition('@')[2]}" if host else ""
