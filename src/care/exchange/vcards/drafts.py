"""One card made a draft. What care has no field for is kept under the name of its property."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from urllib.parse import unquote

from care.countries import country_code
from care.customers.birthdays import Day, NoDay, read_day
from care.customers.drafts import ContactDraft, CustomerDraft, Rejection
from care.customers.emails import read_emails
from care.customers.names import full_name, said, said_often
from care.customers.phones import country_of, read_phones
from care.customers.zones import zone_named, zone_of
from care.exchange.customer_rows import each_once, name_by_contacts, why_nobody
from care.exchange.fields import Field
from care.exchange.reading_options import ReadingOptions
from care.exchange.vcards.lines import Card
from care.exchange.vcards.properties import Decoder, Property, Undecodable, inner_lines, properties_of
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
# They tell of the file and not of the customer, and some change with every export.
_ABOUT_THE_FILE = frozenset(["BEGIN", "END", "VERSION", "PRODID", "REV", "PROFILE", "CLIENTPIDMAP", "X-PRODID"])
_PICTURES = frozenset(["PHOTO", "LOGO", "SOUND", "KEY"])
_NO_VOICE = ("fax", "pager", "modem", "telex", "bbs")
_NO_KIND = frozenset(["pref", "internet", "voice", "other", "x-internet"])
_MEMBERS = frozenset(["MEMBER", "X-ADDRESSBOOKSERVER-MEMBER"])
_KINDS = frozenset(["KIND", "X-ADDRESSBOOKSERVER-KIND"])
# Groups that phones and Google make themselves say nothing about the customer.
_OWN_GROUPS = frozenset(["my contacts", "mycontacts", "starred", "starred in android"])
_LIST_SIGNS = {"N": " ", "CATEGORIES": ", ", "NICKNAME": ", "}
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE).match
_APPLE_LABEL = re.compile(r"_\$!<(.*)>!\$_").fullmatch
_PARAMETER = re.compile(r";(ext|phone-context)=([^;]*)", re.IGNORECASE)
_MOST_NAMES = 1000


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

    def read(self, card: Card) -> CustomerDraft | Rejection:
        """The customer of a card, or why there is none."""
        if card.problem:
            return Rejection(card.line, card.problem)
        sorted_out = _Sorted()
        try:
            for found in properties_of(card, self._decoder):
                self._sort(found, sorted_out)
        except Undecodable as problem:
            return Rejection(
                card.line, f"line {problem.args[0]:,} is in no known encoding. Say which it is in, with --encoding"
            )
        members = sorted_out.members
        if members is not None:
            name = said(_first_text(sorted_out.of("FN"))) or "it"
            return Rejection(card.line, f"{name if name == 'it' else f'“{name}”'} is {members}, not a customer")
        return self._draft(card.line, sorted_out)

    def _sort(self, found: tuple[Property, int] | str, into: "_Sorted") -> None:
        if isinstance(found, str):
            into.keep("unread lines", found)
            return
        one, depth = found
        if depth:
            if depth == 1 and one.name == "FN":
                into.keep("AGENT", one.text)
        elif one.name in _ABOUT_THE_FILE:
            return
        elif one.is_binary or one.name in _PICTURES or one.value[:5].lower() == "data:":
            self._picture(one, into)
        elif one.name == "AGENT":
            into.keep("AGENT", _name_in(one.value) if "BEGIN:VCARD" in one.value[:20].upper() else one.text)
        elif one.name in _KINDS:
            if fold(one.text) == "group":
                into.members = "a group"
            elif one.text and fold(one.text) != "individual":
                into.keep(one.name, one.text)
        elif one.name in _MEMBERS or (one.name == "X-EVOLUTION-LIST" and fold(one.text) == "true"):
            into.members = into.members or "a distribution list"
        elif one.name == "X-ABLABEL" and one.group:
            apple = _APPLE_LABEL(one.text)
            into.labels[one.group] = apple[1] if apple else one.text
        else:
            into.properties.setdefault(one.name, []).append(one)
            if len(self.names) < _MOST_NAMES:
                self.names.setdefault(one.name, _FIELDS.get(one.name))

    def _picture(self, one: Property, into: "_Sorted") -> None:
        # The address of a picture is short and no picture.
        if _ADDRESS(one.text) and one.text[:5].lower() != "data:":
            into.properties.setdefault(one.name, []).append(one)
            self.names.setdefault(one.name, None)
        elif one.text:
            self.left_out += 1

    def _draft(self, line: int, card: "_Sorted") -> CustomerDraft | Rejection:
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
            (one.value for one in contacts if one.kind is ContactKind.PHONE and one.usable is Usable.YES), None
        )
        if number and not country:
            country = country_of(number)
        zone = next((zone for one in card.of("TZ") if (zone := zone_named(one.text))), None)
        card.keep_all("TZ", [one for one in card.of("TZ") if zone is None or zone_named(one.text) != zone])
        if zone is None and (country or number):
            zone = zone_of(country, number)
        birthday, is_two_ways = self._birthday(card, missed)
        uids = [uid for one in card.of("UID") if (uid := _bare_uid(said(one.text)))]
        draft = CustomerDraft(
            line,
            name,
            company,
            contacts,
            uids[0] if uids else None,
            self._segment(card),
            self._options.status,
            country,
            zone,
            birthday.day if birthday else None,
            birthday.month if birthday else None,
            birthday.year if birthday else None,
            None,
            card.extra,
        )
        self._keep_others(card)
        self.unreadable += missed
        if is_two_ways:
            count, example = self.two_ways or (0, is_two_ways)
            self.two_ways = (count + 1, example)
        return draft

    def _name_of_parts(self, card: "_Sorted") -> str:
        for one in card.of("N"):
            name = full_name(one.listed(1), one.listed(2), one.listed(0))
            if name:
                return name
        return ""

    def _company(self, card: "_Sorted") -> str | None:
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

    def _country(self, card: "_Sorted", missed: Counter[str]) -> str | None:
        code, unknown = None, False
        for one in sorted(card.of("ADR"), key=lambda one: one.rank):
            words = said_often(one.listed(6))
            if code is None:
                code = country_code(words) if words else None
                if code is None and one.group:
                    # Apple writes the code of the country beside the address.
                    beside = next((other.text for other in card.of("X-ABADR") if other.group == one.group), "")
                    code = country_code(beside) if len(beside) == 2 else None
                unknown = unknown or bool(words)
        if code is None and unknown:
            missed["country"] += 1
        for one in card.of("ADR"):
            card.keep(card.key(one), ", ".join(filter(None, one.parts())))
        return code

    def _contacts(
        self, card: "_Sorted", country: str | None, missed: Counter[str], unread: list[str]
    ) -> tuple[ContactDraft, ...]:
        """Phones, then e-mails, the preferred first and each once. A fax or a pager is kept as it is."""
        contacts: tuple[ContactDraft, ...] = ()
        for one in sorted(card.of("TEL"), key=lambda one: one.rank):
            kind = fold(" ".join([*one.types, card.labels.get(one.group, "")]))
            if any(word in kind for word in _NO_VOICE):
                card.keep(card.key(one), _number(one.text))
                continue
            found = read_phones(_number(one.text), country)
            if found is None:
                missed["phone"] += 1
                unread.append(one.text)
                card.keep(card.key(one), one.text)
            else:
                contacts += found
        for one in sorted(card.of("EMAIL"), key=lambda one: one.rank):
            found = read_emails(one.text)
            if found is None:
                missed["email"] += 1
                unread.append(one.text)
                card.keep(card.key(one), one.text)
            else:
                contacts += found
        return each_once(contacts)

    def _birthday(self, card: "_Sorted", missed: Counter[str]) -> tuple[Day | None, str]:
        """The first birthday that can be read, and one that can be read in two ways when there is no other."""
        birthday, two_ways, unread = None, "", False
        for one in card.of("BDAY"):
            day = read_day(one.text, self._options.day_first)
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

    def _segment(self, card: "_Sorted") -> str | None:
        written = [tag for one in card.of("CATEGORIES") for tag in one.parts(",") if tag]
        tags = [tag for tag in written if said(tag) and not tag.startswith("*") and fold(tag) not in _OWN_GROUPS]
        if len(tags) > 1:
            card.keep("CATEGORIES", ", ".join(written))
        return tidy(tags[0]) if tags else None

    def _keep_others(self, card: "_Sorted") -> None:
        names = [one for one in card.of("FN") if said(one.text)]
        card.keep_all("FN", names[1:])
        for name, properties in card.properties.items():
            if name not in _FIELDS:
                for one in properties:
                    if name != "X-ABADR" or len(one.text) != 2:
                        card.keep(card.key(one), one.text)


@dataclass(slots=True)
class _Sorted:
    """The properties of a card by name, and what is kept of it."""

    properties: dict[str, list[Property]] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    extra: dict[str, str] = field(default_factory=dict)
    members: str | None = None

    def of(self, name: str) -> Sequence[Property]:
        return self.properties.get(name, ())

    def key(self, one: Property) -> str:
        """The name of the property with its label or what kind it is: ``URL (HomePage)``, ``TEL (work fax)``."""
        label = self.labels.get(one.group) if one.group else None
        kind = label or " ".join(kind for kind in dict.fromkeys(one.types) if kind and kind not in _NO_KIND)
        return f"{one.name} ({tidy(kind)[:60]})" if kind else one.name

    def keep(self, key: str, words: str) -> None:
        if words and not words.isspace() and words.strip(";"):
            there = self.extra.get(key)
            if there is None:
                self.extra[key] = words
            elif words not in there.split("\n"):
                self.extra[key] = f"{there}\n{words}"

    def keep_all(self, key: str, properties: Sequence[Property]) -> None:
        for one in properties:
            self.keep(key, one.text)


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


def _name_in(card: str) -> str:
    return next(_names_in(inner_lines(card)), "")


def _names_in(lines: Sequence[str]) -> Iterator[str]:
    for line in lines:
        head, _, value = line.partition(":")
        if head.partition(";")[0].strip().upper() == "FN" and value.strip():
            yield value.strip()
