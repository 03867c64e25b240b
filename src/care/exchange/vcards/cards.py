"""One card made a draft. What care has no field for is kept under the name of its property."""

import re
from collections import Counter
from collections.abc import Sequence
from urllib.parse import unquote

from care.countries import country_code
from care.customers.birthdays import Day, NoDay, read_day
from care.customers.customer_input import ContactInput, CustomerInput, Rejection
from care.customers.emails import read_emails
from care.customers.names import full_name, said, said_often
from care.customers.phones import country_of, read_phones
from care.customers.zones import zone_named, zone_of
from care.exchange.csv.customer_rows import each_once
from care.exchange.csv.fields import Field
from care.exchange.csv.reading_options import ReadingOptions
from care.exchange.fallback_names import name_by_contacts, why_nobody
from care.exchange.vcards.contents import Contents
from care.exchange.vcards.lines import Card
from care.exchange.vcards.properties import Decoder, Property, Undecodable, properties_of
from care.text import fold, tidy
from care.words import ContactKind, Usable

_FIELDS = {
    "FN": Field.NAME,
    "N": Field.NAME,
    "ORG": Field.COMPANY,
    "TEL": Field.PHONE,
    "EMAIL": Field.EMAIL,
    "UID": Field.EXTERNAL_ID,
    "CATEGORIES": Field.SEGMENT,
    "BDAY": Field.BIRTHDAY,
    "ADR": Field.COUNTRY,
    "TZ": Field.ZONE,
}

_NO_VOICE = ("fax", "pager", "modem", "telex", "bbs")

# Groups that phones and Google make themselves say nothing about the customer.
_OWN_GROUPS = frozenset(["my contacts", "mycontacts", "starred", "starred in android"])

_PARAMETER = re.compile(r";(ext|phone-context)=([^;]*)", re.IGNORECASE)

_MOST_NAMES = 1000

_LONGEST = 500  # characters; no number, address or day is longer


class CardReader:
    """Reads cards, and counts what it could not read.

    ``unreadable`` counts values by field, ``two_ways`` holds how many birthdays could be read in two ways and the first
    of them, ``names`` the field each property became, None where it is kept, and ``left_out`` counts pictures, sounds
    and keys. Cards that are rejected count in none but the last two.
    """

    def __init__(self, options: ReadingOptions, decoder: Decoder) -> None:
        self.unreadable: Counter[str] = Counter()
        self.two_ways: tuple[int, str] | None = None
        self.names: dict[str, Field | None] = {}
        self.left_out = 0
        self._options = options
        self._decoder = decoder

    def read(self, card: Card) -> CustomerInput | Rejection:
        """The customer of a card, or why there is none."""
        if card.problem:
            return Rejection(card.line, card.problem)
        contents = Contents()
        try:
            for found in properties_of(card, self._decoder):
                contents.take(found)
        except Undecodable as problem:
            return Rejection(
                card.line, f"line {problem.args[0]:,} is in no known encoding. Say which it is in, with --encoding"
            )
        self.left_out += contents.left_out
        for name in contents.properties:
            if len(self.names) < _MOST_NAMES:
                self.names.setdefault(name, _FIELDS.get(name))
        if contents.members is not None:
            name = said(_first_text(contents.of("FN")))
            return Rejection(card.line, f"{f'“{name}”' if name else 'it'} is {contents.members}, not a customer")
        return self._draft(card.line, contents)

    def _draft(self, line: int, card: Contents) -> CustomerInput | Rejection:
        missed: Counter[str] = Counter()
        country = self._country(card, missed)
        unread: list[str] = []
        contacts = self._contacts(card, country or self._options.country, missed, unread)
        company = self._company(card)
        name = next((words for one in card.of("FN") if (words := said(one.text))), "") or self._name_of_parts(card)
        name = name or company or said(_first_text(card.of("NICKNAME"))) or name_by_contacts(contacts)
        if not name:
            return Rejection(line, why_nobody(unread))
        number = next(
            (
                contact.value
                for contact in contacts
                if contact.kind is ContactKind.PHONE and contact.usable is Usable.YES
            ),
            None,
        )
        if number and not country:
            country = country_of(number)
        zone = next((zone for one in card.of("TZ") if (zone := zone_named(one.text))), None)
        card.keep_all("TZ", [one for one in card.of("TZ") if zone is None or zone_named(one.text) != zone])
        if zone is None and (country or number):
            zone = zone_of(country, number)
        birthday, is_two_ways = self._birthday(card, missed)
        uids = [uid for one in card.of("UID") if (uid := _bare_uid(said(one.text)))]
        segment = self._segment(card)
        self._keep_others(card)
        draft = CustomerInput(
            line,
            name,
            company,
            contacts,
            uids[0] if uids else None,
            self._options.status,
            segment,
            country,
            zone,
            birthday.day if birthday else None,
            birthday.month if birthday else None,
            birthday.year if birthday else None,
            extra=card.extra(),
        )
        self.unreadable += missed
        if is_two_ways:
            count, example = self.two_ways or (0, is_two_ways)
            self.two_ways = (count + 1, example)
        return draft

    def _name_of_parts(self, card: Contents) -> str:
        for one in card.of("N"):
            name = full_name(one.listed(1), one.listed(2), one.listed(0))
            if name:
                return name
        return ""

    def _company(self, card: Contents) -> str | None:
        company = None
        for one in card.of("ORG"):
            first, *units = one.parts()
            words = said_often(first)
            if company is None and words:
                company = words
                card.keep("ORG", ", ".join(filter(None, units)))
            elif words != company:
                card.keep("ORG", ", ".join(filter(None, (first, *units))))
        return company

    def _country(self, card: Contents, missed: Counter[str]) -> str | None:
        code, unknown = None, False
        # Apple writes the code of the country beside the address.
        beside = {one.group: one.text for one in card.of("X-ABADR") if one.group and len(one.text) == 2}
        for one in sorted(card.of("ADR"), key=lambda one: one.rank):
            words = said_often(one.listed(6))
            if code is None:
                code = country_code(words) if words else None
                code = code or country_code(beside.get(one.group, ""))
                unknown = unknown or bool(words)
        if code is None and unknown:
            missed["country"] += 1
        for one in card.of("ADR"):
            card.keep(card.key(one), ", ".join(filter(None, one.parts())))
        return code

    def _contacts(
        self, card: Contents, country: str | None, missed: Counter[str], unread: list[str]
    ) -> tuple[ContactInput, ...]:
        """Phones, then e-mails, the preferred first and each once. A fax or a pager is kept as it is."""
        contacts: list[ContactInput] = []
        for one in sorted(card.of("TEL"), key=lambda one: one.rank):
            kind = fold(" ".join([*one.types, card.labels.get(one.group, "")]))
            if any(word in kind for word in _NO_VOICE):
                card.keep(card.key(one), _number(one.text))
                continue
            found = read_phones(_number(one.text), country) if len(one.text) <= _LONGEST else None
            if found is None:
                missed["phone"] += 1
                unread.append(one.text)
                card.keep(card.key(one), one.text)
            else:
                contacts += found
        for one in sorted(card.of("EMAIL"), key=lambda one: one.rank):
            found = read_emails(one.text) if len(one.text) <= _LONGEST else None
            if found is None:
                missed["email"] += 1
                unread.append(one.text)
                card.keep(card.key(one), one.text)
            else:
                contacts += found
        return each_once(tuple(contacts))

    def _birthday(self, card: Contents, missed: Counter[str]) -> tuple[Day | None, str]:
        """The first birthday that can be read, and one that can be read in two ways when there is no other."""
        birthday, two_ways, unread = None, "", False
        for one in card.of("BDAY"):
            day = read_day(one.text[:_LONGEST], self._options.day_first)
            if isinstance(day, Day):
                if str(day.year) in one.parameters.get("X-APPLE-OMIT-YEAR", ()):
                    day = day._replace(year=None)
                birthday = birthday or day
            if day is NoDay.BLANK or day == birthday:
                continue
            card.keep("BDAY", one.text)
            unread = True
            if day is NoDay.TWO_WAYS:
                two_ways = two_ways or tidy(one.text)
        if unread and birthday is None:
            missed["birthday"] += 1
        return birthday, "" if birthday else two_ways

    def _segment(self, card: Contents) -> str | None:
        written = [tag for one in card.of("CATEGORIES") for tag in one.parts(",") if tag]
        tags = [tag for tag in written if said(tag) and not tag.startswith("*") and fold(tag) not in _OWN_GROUPS]
        if len(tags) > 1:
            card.keep("CATEGORIES", ", ".join(written))
        return tidy(tags[0]) if tags else None

    def _keep_others(self, card: Contents) -> None:
        names = [one for one in card.of("FN") if said(one.text)]
        card.keep_all("FN", names[1:])
        for name, properties in card.properties.items():
            if name not in _FIELDS:
                for one in properties:
                    if name != "X-ABADR" or len(one.text) != 2:
                        card.keep(card.key(one), one.text)


def _first_text(properties: Sequence[Property]) -> str:
    return next((one.text for one in properties if one.text), "")


def _bare_uid(uid: str) -> str:
    """The id without what only one version of the format writes before it."""
    bare = re.sub(r"^(?:urn:)?uuid:", "", uid, flags=re.IGNORECASE)
    return bare or uid


def _number(text: str) -> str:
    """The number a ``tel:`` address stands for, with its extension; any other text as it is."""
    if text[:4].lower() != "tel:":
        return text
    number = unquote(text[4:].partition(";")[0]).strip()
    said = {name.lower(): unquote(value) for name, value in _PARAMETER.findall(text)}
    context = said.get("phone-context", "")
    if context.startswith("+") and not number.startswith("+"):
        number = context + number
    extension = said.get("ext")
    return f"{number} ext. {extension}" if extension else number
