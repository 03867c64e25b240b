"""What the columns of a customer file are, by their headers, and which tool wrote them."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from care.exchange.csv import header_words
from care.exchange.csv.care_columns import field_of_own
from care.exchange.csv.fields import Field, kind_of
from care.text import fold
from care.words import Status


class Layout(NamedTuple):
    """The file of one tool.

    ``signatures`` are sets of headers: a file that has all of one set is the tool's. ``statuses`` are words that mean
    something else there than elsewhere.
    """

    name: str
    signatures: tuple[str, ...]
    statuses: Mapping[str, Status] = {}


PLAIN = Layout("columns by their names", ())

OWN = Layout("care", ("careuid",))

# The first that fits; the more particular stand first.
LAYOUTS = (
    OWN,
    Layout("Google shared contacts", ("action|apiid|contacttype",)),
    Layout("Google Contacts", ("phone1value", "email1value", "phone1label|firstname")),
    Layout("Atomic CRM", ("firstseen|lastseen|hasnewsletter",)),
    Layout("Mailchimp", ("emailaddress|leid|euid", "memberrating|optintime")),
    Layout("Stripe", ("createdutc|delinquent", "createdutc|cardid", "createdutc|totalspend")),
    Layout("Shopify", ("totalspent|totalorders", "acceptsemailmarketing|firstname", "acceptsmarketing|firstname")),
    Layout("Intercom", ("firstseen|lastseen|websessions", "firstseen|lastseen|lastcontacted", "intercomid")),
    Layout(
        "HubSpot",
        (
            "recordid|lifecyclestage",
            "recordid|contactowner",
            "recordid|createdate|email",
            "recordidcontact",
            "lifecyclestage|contactowner",
        ),
        {"subscriber": Status.PROSPECT},
    ),
    Layout("Pipedrive", ("personname", "emailwork|phonework|organization", "opendeals|closeddeals|organization")),
    Layout(
        "Salesforce",
        (
            "leadsource|leadstatus|owneralias",
            "leadstatus|unreadbyowner",
            "accountname|mailingcountry",
            "accountname|contactowneralias",
            "accountname|accountowner",
            "mailingstreet|accountid",
            "masterrecordid|isdeleted",
            "companyaccount",
        ),
    ),
    Layout(
        "Zoho CRM",
        ("leadowner|leadsource|leadstatus", "contactowner|leadsource", "recordid|leadowner", "contactownerid"),
    ),
    Layout("Outlook", ("emailaddress|businessphone|homephone", "emaildisplayname", "emailaddress|businessstreet")),
)

_CAMEL = re.compile(r"(?<=[a-zà-ÿ])(?=[A-ZÀ-Þ])|(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])")

_NOT_WORD = re.compile(r"[\W_]+")

_E_MAIL = re.compile(r"\be (mail|post)")

# A name column beside only one half of a name is the other half in these languages.
_LONE_LAST = frozenset(["vorname", "prenom", "voornaam", "fornavn", "fornamn"])


def words_of(header: str) -> list[str]:
    """The words of a header, folded: ``E-mail 2 Address``, ``first_name`` and ``FirstName`` are three, two and two."""
    spaced = _NOT_WORD.sub(" ", fold(_CAMEL.sub(" ", header)))
    return _E_MAIL.sub(r"e\1", spaced.strip()).replace("whats app", "whatsapp").split()


def compact(header: str) -> str:
    """The header folded, without spaces and signs."""
    return "".join(words_of(header))


def field_of(header: str) -> Field | None:
    """The field a column of that header holds, None when it is no field of ours."""
    words = words_of(header)
    whole = _whole_headers().get("".join(words))
    if any(sign in header for sign in header_words.PHONE_SIGNS) and whole in (None, Field.NAME):
        return Field.MOBILE_PHONE if any(sign in header for sign in header_words.MOBILE_SIGNS) else Field.PHONE
    if any(sign in header for sign in header_words.EMAIL_SIGNS) and whole in (None, Field.NAME):
        return Field.EMAIL
    if whole:
        return whole
    return _phone_field(words) or _email_field(words)


def recognise(headers: Sequence[str]) -> list[Field | None]:
    """The field of each column. A field a customer has once goes to one column only; the others get None.

    A column headed Name beside a last name is the first name, and one headed Nom beside Prénom is the last.
    """
    if layout_of(headers) is OWN:
        return [field_of_own(header) for header in headers]
    fields = [field_of(header) for header in headers]
    _split_name(headers, fields)
    ranks = _ranks()
    claims: dict[Field, list[int]] = {}
    for index, field in enumerate(fields):
        if field and kind_of(field) is None:
            claims.setdefault(field, []).append(index)
    for columns in claims.values():
        columns.sort(key=lambda index: ranks.get(compact(headers[index]), 0))
        for index in columns[1:]:
            fields[index] = None
    return fields


def layout_of(headers: Sequence[str]) -> Layout:
    """The tool whose file has these headers, ``PLAIN`` when none is known."""
    present = {compact(header) for header in headers}
    for layout in LAYOUTS:
        if any(present.issuperset(signature.split("|")) for signature in layout.signatures):
            return layout
    return PLAIN


def _split_name(headers: Sequence[str], fields: list[Field | None]) -> None:
    if fields.count(Field.NAME) != 1:
        return
    name = fields.index(Field.NAME)
    if Field.LAST_NAME in fields and Field.FIRST_NAME not in fields:
        fields[name] = Field.FIRST_NAME
    elif Field.FIRST_NAME in fields and Field.LAST_NAME not in fields:
        first = compact(headers[fields.index(Field.FIRST_NAME)])
        if first in _LONE_LAST:
            fields[name] = Field.LAST_NAME


def _phone_field(words: list[str]) -> Field | None:
    phone, mobile = header_words.PHONE_WORDS, header_words.MOBILE_WORDS
    named = any(word in phone for word in words) or any(word in header_words.MOBILE_ALONE for word in words)
    if words in (["contact", "number"], ["contact", "no"], ["contact", "nr"], ["primary", "number"]):
        return Field.PHONE
    if not named or not all(word in phone or word in mobile or _says_which(word) for word in words):
        return None
    if any(word in mobile or word == "whatsapp" for word in words):
        return Field.MOBILE_PHONE
    return _placed(words, Field.WORK_PHONE, Field.HOME_PHONE, Field.OTHER_PHONE) or Field.PHONE


def _email_field(words: list[str]) -> Field | None:
    email = header_words.EMAIL_WORDS
    if not any(word in email for word in words) or not all(word in email or _says_which(word) for word in words):
        return None
    return _placed(words, Field.WORK_EMAIL, Field.HOME_EMAIL, Field.OTHER_EMAIL) or Field.EMAIL


def _says_which(word: str) -> bool:
    return (
        word in header_words.NEUTRAL_WORDS
        or word in header_words.WORK_WORDS
        or word in header_words.HOME_WORDS
        or word in header_words.OTHER_WORDS
        or word.isdecimal()
    )


def _placed(words: list[str], work: Field, home: Field, other: Field) -> Field | None:
    if any(word in header_words.OTHER_WORDS for word in words):
        return other
    if any(word in header_words.HOME_WORDS for word in words):
        return home
    return work if any(word in header_words.WORK_WORDS for word in words) else None


@lru_cache(maxsize=1)
def _whole_headers() -> dict[str, Field]:
    table: dict[str, Field] = {}
    for field, headers in header_words.WHOLE_HEADERS.items():
        for header in headers.split("|"):
            table.setdefault(compact(header), field)
    return table


@lru_cache(maxsize=1)
def _ranks() -> dict[str, int]:
    return {key: rank for rank, key in enumerate(_whole_headers())}
