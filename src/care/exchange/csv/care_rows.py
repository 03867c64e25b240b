"""One row of care's own export made a draft: what it says is taken to the letter, and nothing is worked out anew."""

import re

from care.customers.customer_input import ContactInput, CustomerInput, Rejection
from care.customers.emails import read_email
from care.customers.phones import read_as, read_phones
from care.exchange.csv.care_columns import PHONES_USABLE, extra_of_header, system_of_header, usable_said
from care.exchange.csv.column_plan import ColumnPlan
from care.exchange.csv.customer_rows import CustomerRows
from care.exchange.csv.reading_options import ReadingOptions
from care.exchange.fallback_names import name_by_contacts
from care.text import tidy
from care.words import Usable

_COUNTRY = re.compile("[A-Z]{2}").fullmatch


class CareRows(CustomerRows):
    """Reads rows by a plan, as ``CustomerRows`` does."""

    def __init__(self, plan: ColumnPlan, options: ReadingOptions) -> None:
        super().__init__(plan, options)
        self._usable = plan.headers.index(PHONES_USABLE) if PHONES_USABLE in plan.headers else -1
        self._numbers = [(index, system) for index, header in self._kept if (system := system_of_header(header))]
        self._kept = [(index, name) for index, header in self._kept if (name := extra_of_header(header))]

    def read(self, line: int, row: list[str]) -> CustomerInput | Rejection | None:
        """The customer of a row that begins on that line, a rejection, or None for a row with nothing in it."""
        cells = self._prepared(line, row)
        if not isinstance(cells, list):
            return cells
        extra = self._read_kept(cells)
        country = self._read_land(cells)
        contacts = self._read_own_contacts(cells, country or self._country)
        company = self._said(cells, self._company)
        name = self._said(cells, self._name) or company or name_by_contacts(contacts)
        if not name:
            return Rejection(line, self._why_nobody())
        birthday = self._read_day(self._birthday, cells) if self._birthday >= 0 else None
        draft = CustomerInput(
            line,
            name,
            company,
            contacts,
            self._said(cells, self._id),
            self._read_status(cells[self._state], extra) if self._state >= 0 else self._status,
            self._said(cells, self._segment),
            country,
            self._read_zone(cells[self._zone]) if self._zone >= 0 else None,
            birthday.day if birthday else None,
            birthday.month if birthday else None,
            birthday.year if birthday else None,
            *self._account.read(cells, self._missed),
            self._read_joined(cells) if self._joined >= 0 else None,
            extra,
            tuple((system, number) for at, system in self._numbers for number in cells[at].split("\n") if number),
        )
        if self._missed:
            self._keep_missed(extra)
        return draft

    @staticmethod
    def _said(cells: list[str], at: int) -> str | None:
        return (tidy(cells[at]) or None) if at >= 0 else None

    def _read_land(self, cells: list[str]) -> str | None:
        if self._land < 0:
            return None
        return cells[self._land] if _COUNTRY(cells[self._land]) else self._read_country(cells[self._land])

    def _read_own_contacts(self, cells: list[str], country: str | None) -> tuple[ContactInput, ...]:
        usable = usable_said(cells[self._usable]) if self._usable >= 0 else []
        found: list[ContactInput] = []
        for place, index in enumerate(self._phones):
            known = usable[place] if place < len(usable) else Usable.YES
            if cells[index].strip():
                phones = read_as(cells[index], known) or read_phones(cells[index], country)
                found += self._found(phones, index, cells[index])
        for index in self._emails:
            if cells[index].strip():
                found += self._found(read_email(cells[index]), index, cells[index])
        return tuple(dict.fromkeys(found))

    def _found(self, contacts: tuple[ContactInput, ...] | None, index: int, cell: str) -> tuple[ContactInput, ...]:
        if contacts is None:
            self._missed.append((index, cell, False))
        return contacts or ()
