"""One row of a customer file made a draft. A million pass through here, so each step is as small as it can be."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from re import split

from care.countries import country_code
from care.customers.birthdays import Day, NoDay, read_day
from care.customers.customer_input import ContactInput, CustomerInput, Rejection
from care.customers.emails import read_emails
from care.customers.names import full_name, said, said_often
from care.customers.phones import country_of, read_phones
from care.customers.statuses import status_of
from care.customers.zones import zone_named, zone_of
from care.exchange.csv.accounts import NOTHING, AccountColumns
from care.exchange.csv.column_plan import ColumnPlan
from care.exchange.csv.fields import EMAILS, NAMES, PHONES, Field
from care.exchange.csv.layouts import field_of
from care.exchange.csv.reading_options import ReadingOptions
from care.exchange.fallback_names import name_by_contacts, why_nobody
from care.text import fold, tidy, without_apostrophe
from care.words import ContactKind, Status, Usable

_ABSENT = -1

_tuple = tuple.__new__

_PHONE, _EMAIL, _YES = ContactKind.PHONE, ContactKind.EMAIL, Usable.YES

_MOST_SPELLINGS = 1000  # remembered of a status or a country, for a column that is none

_TAG_BETWEEN = r"\s*(?::::|[,;|\n])\s*"

_LABEL_RANKS = {field: rank for ranks in (PHONES, EMAILS) for rank, field in enumerate(ranks)}

_NO_PHONE_LABELS = ("fax", "pager")


class CustomerRows:
    """Reads rows by a plan, and counts what it could not read.

    ``unreadable`` counts values by field, ``unknown_statuses`` words by what was written, and ``two_ways`` holds, by
    field, how many days could be read in two ways and the first of them. Rows that are rejected count in none.
    """

    def __init__(self, plan: ColumnPlan, options: ReadingOptions) -> None:
        self.unreadable: Counter[str] = Counter()
        self.unknown_statuses: Counter[str] = Counter()
        self.two_ways: dict[Field, tuple[int, str]] = {}
        self._plan = plan
        self._width = len(plan.headers)
        self._country = options.country
        self._status = options.status
        self._day_first = options.day_first
        self._statuses = plan.layout.statuses
        self._known_statuses: dict[str, Status] = {}
        self._known_lands: dict[str, str] = {}
        self._meanings = list(plan.meanings.items())
        self._kept = [(index, plan.headers[index]) for index, field in enumerate(plan.fields) if field is None]
        self._phones = plan.columns_of(*PHONES)
        self._emails = plan.columns_of(*EMAILS)
        self._labelled = bool(plan.labels)
        (self._name, self._first, self._middle, self._last, self._company, self._id, self._segment, self._tags) = map(
            self._only,
            (*NAMES, Field.COMPANY, Field.EXTERNAL_ID, Field.SEGMENT, Field.TAGS),
        )
        (self._state, self._land, self._zone, self._birthday, self._joined) = map(
            self._only, (Field.STATUS, Field.COUNTRY, Field.ZONE, Field.BIRTHDAY, Field.JOINED_ON)
        )
        self._account = AccountColumns(plan)
        self._has_segment = max(self._segment, self._tags) > _ABSENT
        self._has_parts = max(self._first, self._middle, self._last) > _ABSENT
        # Cells of the row at hand that could not be read: their column, and whether they are a day in two readings.
        self._missed: list[tuple[int, str, bool]] = []

    def read(self, line: int, row: list[str]) -> CustomerInput | Rejection | None:
        """The customer of a row that begins on that line, a rejection, or None for a row with nothing in it."""
        prepared = self._prepared(line, row)
        if not isinstance(prepared, list):
            return prepared
        row = prepared
        extra = self._read_kept(row) if self._kept else {}

        country = None
        if self._land >= 0 and (land := row[self._land]):
            country = self._known_lands.get(land) or self._read_country(land)
        contacts = self._read_contacts(row, country or self._country, extra)
        company = said_often(row[self._company]) or None if self._company >= 0 else None
        name = said(row[self._name]) if self._name >= 0 else ""
        if not name:
            name = self._name_without_column(row) or company or name_by_contacts(contacts)
            if not name:
                return Rejection(line, self._why_nobody())

        number = None
        for contact in contacts:
            if contact.usable is _YES and contact.kind is _PHONE:
                number = contact.value
                break
        if number is not None and country is None:
            country = country_of(number)
        zone = self._read_zone(row[self._zone]) if self._zone >= 0 else None
        if zone is None and (country or number):
            zone = zone_of(country, number)
        birthday = self._read_day(self._birthday, row) if self._birthday >= 0 else None
        status = self._status
        if self._state >= 0:
            state = row[self._state]
            status = self._known_statuses.get(state) or self._read_status(state, extra)
        # Made as the tuple it is: the call by name that a named tuple offers takes twice as long.
        draft = _tuple(
            CustomerInput,
            (
                line,
                name,
                company,
                contacts,
                said(row[self._id]) or None if self._id >= 0 else None,
                status,
                self._read_segment(row, extra) if self._has_segment else None,
                country,
                zone,
                birthday.day if birthday else None,
                birthday.month if birthday else None,
                birthday.year if birthday else None,
                *(self._account.read(row, self._missed) if self._account.is_there else NOTHING),
                self._read_joined(row) if self._joined >= 0 else None,
                extra,
                (),
            ),
        )
        if self._missed:
            self._keep_missed(extra)
        return draft

    def _prepared(self, line: int, row: list[str]) -> list[str] | Rejection | None:
        """The cells of a row, one for each header, or why there are none."""
        written = "".join(row)
        if not written or written.isspace():
            return None
        if len(row) != self._width:
            if any(cell.strip() for cell in row[self._width :]):
                return Rejection(line, f"{len(row):,} cells where the header has {self._width:,}")
            row = (row + [""] * self._width)[: self._width]
        if "'" in written:
            row = [without_apostrophe(cell) for cell in row]
        if self._meanings:
            for index, meanings in self._meanings:
                row[index] = meanings.get(fold(row[index]), row[index])
        if self._missed:
            self._missed = []
        return row

    def _only(self, field: Field) -> int:
        return next(iter(self._plan.columns_of(field)), _ABSENT)

    def _read_kept(self, row: Sequence[str]) -> dict[str, str]:
        return {header: cell for index, header in self._kept if (cell := row[index]) and not cell.isspace()}

    def _read_contacts(
        self, row: Sequence[str], country: str | None, extra: dict[str, str]
    ) -> tuple[ContactInput, ...]:
        """Phones, then e-mails, each in the order of preference and once."""
        if self._labelled:
            return self._read_labelled(row, country, extra)
        contacts: tuple[ContactInput, ...] = ()
        for index in self._phones:
            cell = row[index]
            if cell:
                phones = read_phones(cell, country)
                if phones is None:
                    self._missed.append((index, cell, False))
                else:
                    contacts += phones
        several = len(contacts) > 1
        for index in self._emails:
            cell = row[index]
            if cell:
                emails = read_emails(cell)
                if emails is None:
                    self._missed.append((index, cell, False))
                else:
                    contacts += emails
        return each_once(contacts) if several or len(contacts) > 2 else contacts

    def _read_labelled(
        self, row: Sequence[str], country: str | None, extra: dict[str, str]
    ) -> tuple[ContactInput, ...]:
        """As ``_read_contacts``, where a column beside each says row by row what kind of number or address it is.

        A fax is kept as it is.
        """
        ranked: list[tuple[bool, int, tuple[ContactInput, ...]]] = []
        for index in (*self._phones, *self._emails):
            cell = row[index]
            is_email = self._plan.fields[index] in EMAILS
            labelled_by = self._plan.labels.get(index, _ABSENT)
            label = fold(row[labelled_by]) if labelled_by >= 0 else ""
            if any(word in label for word in _NO_PHONE_LABELS):
                if cell.strip():
                    extra[self._plan.headers[index]] = cell
                continue
            found = read_emails(cell) if is_email else read_phones(cell, country)
            if found is None:
                self._missed.append((index, cell, False))
                continue
            field = field_of(f"{label} {'email' if is_email else 'phone'}") or self._plan.fields[index] or Field.PHONE
            # Google marks the preferred one with an asterisk.
            ranked.append((is_email, -1 if label.startswith("*") else _LABEL_RANKS.get(field, 0), found))
        ranked.sort(key=lambda each: each[:2])
        return each_once(tuple(contact for *_, found in ranked for contact in found))

    def _name_without_column(self, row: Sequence[str]) -> str:
        if not self._has_parts:
            return ""
        first, middle, last = (row[at] if at >= 0 else "" for at in (self._first, self._middle, self._last))
        return full_name(first, middle, last)

    def _why_nobody(self) -> str:
        contacts = sorted(missed for missed in self._missed if missed[0] in (*self._phones, *self._emails))
        return why_nobody([cell for _, cell, _ in contacts])

    def _read_country(self, cell: str) -> str | None:
        words = said_often(cell)
        code = country_code(words) if words else None
        if words and code is None:
            self._missed.append((self._land, cell, False))
        elif code is not None and len(self._known_lands) < _MOST_SPELLINGS:
            self._known_lands[cell] = code
        return code

    def _read_zone(self, cell: str) -> str | None:
        words = said_often(cell)
        zone = zone_named(words) if words else None
        if words and zone is None:
            self._missed.append((self._zone, cell, False))
        return zone

    def _read_segment(self, row: Sequence[str], extra: dict[str, str]) -> str | None:
        if self._segment >= 0:
            return said_often(row[self._segment]) or None
        if self._tags < 0:
            return None
        # Google's own groups, such as * myContacts, say nothing about the customer.
        tags = [tag for tag in split(_TAG_BETWEEN, row[self._tags]) if tag and not tag.startswith("*") and said(tag)]
        if len(tags) > 1:
            extra[self._plan.headers[self._tags]] = row[self._tags]
        return tidy(tags[0]) if tags else None

    def _read_status(self, cell: str, extra: dict[str, str]) -> Status | None:
        words = said(cell)
        if not words:
            return self._status
        status = self._statuses.get(fold(words)) or status_of(words)
        if status is None:
            self.unknown_statuses[words] += 1
            extra[self._plan.headers[self._state]] = cell
        elif len(self._known_statuses) < _MOST_SPELLINGS:
            self._known_statuses[cell] = status
        return status or self._status

    def _read_day(self, at: int, row: Sequence[str]) -> Day | None:
        cell = row[at]
        if not cell:
            return None
        day = read_day(cell, self._day_first)
        if isinstance(day, Day):
            return day
        if day is not NoDay.BLANK:
            self._missed.append((at, cell, day is NoDay.TWO_WAYS))
        return None

    def _read_joined(self, row: Sequence[str]) -> date | None:
        day = self._read_day(self._joined, row)
        joined_on = day.as_date if day else None
        if day and joined_on is None:
            self._missed.append((self._joined, row[self._joined], False))
        return joined_on

    def _keep_missed(self, extra: dict[str, str]) -> None:
        for index, cell, in_two_ways in self._missed:
            field = self._plan.fields[index]
            extra[self._plan.headers[index]] = cell
            if field is None:
                continue
            self.unreadable["phone" if field in PHONES else "email" if field in EMAILS else field.value] += 1
            if in_two_ways:
                count, example = self.two_ways.get(field, (0, tidy(cell)))
                self.two_ways[field] = (count + 1, example)


def each_once(contacts: tuple[ContactInput, ...]) -> tuple[ContactInput, ...]:
    """The contacts in their order, without those that come again."""
    found: dict[tuple[ContactKind, str], ContactInput] = {}
    for contact in contacts:
        found.setdefault((contact.kind, contact.value), contact)
    return tuple(found.values())
