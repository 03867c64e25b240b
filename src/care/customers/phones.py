"""Phone numbers as people write them, made E.164 where that can be done.

A number that already is E.164 in form is believed when its calling code exists and its length is one the country has:
that costs a seventieth of what the phone library asks for. The library reads everything else.
"""

import re
from functools import lru_cache
from unicodedata import decimal, normalize

import phonenumbers

from care.customers.customer_input import ContactInput
from care.customers.names import is_placeholder
from care.words import ContactKind, Usable

FEWEST_DIGITS, MOST_DIGITS = 5, 15

_LONGEST_CELL = 250  # characters; the phone library reads no more either

# How many digits behind a shared calling code tell its countries apart; 5 or 6 where this does not say. The fewer, the
# more often an answer is remembered.
_TELLING_DIGITS = {1: 3, 47: 2, 358: 2}

_CLEAN = re.compile(r"\+[1-9][0-9]{6,14}").fullmatch

_SPACED = re.compile(r"\+[1-9][0-9 .\u00a0\u2010-\u2013-]{6,30}").fullmatch

_NOT_DIGIT = re.compile(r"[^0-9]")

_BETWEEN = re.compile(r"[;,|\r\n]+|:::|\s(?:or|and|or:)\s|&", re.IGNORECASE)

# An area code of a German village has five digits, and is often written 04131/789012.
_SLASH_NEEDS = 7

_EXTENSION = re.compile(
    r"(?:\b(?:ext|extension|extn|ex|x|anschluss|durchwahl|dw)|(?<=\d)x|#)[.:\s]*\d{1,7}\s*$", re.IGNORECASE
)

# What spreadsheets make of a long number: 9876543210.0 has lost nothing, 9.87654E+09 has.
_FLOATED = re.compile(r"(\+?\d{7,15})\.0").fullmatch

_SCIENTIFIC = re.compile(r"\d(?:[.,]\d+)?e\+?\d+", re.IGNORECASE).fullmatch


def read_phones(written: str, country: str | None) -> tuple[ContactInput, ...] | None:
    """The numbers in a cell, in its order: none when it is blank or a placeholder.

    ``country`` (ISO 3166-1 alpha-2) reads numbers without a calling code. A valid number is usable, one of 5 to 15
    digits that is not valid is unchecked. None when there is no number in the cell; the caller then keeps it as it is.
    """
    if _CLEAN(written) and len(written) in _possible_lengths(written[:4]):
        return (ContactInput(ContactKind.PHONE, written, written, Usable.YES),)
    text = normalize("NFC", written).strip()
    if not text or is_placeholder(text):
        return ()
    pieces = _pieces(text, country)
    found = [_read_one(piece, country) for piece in pieces]
    whole = [phone for phone in found if phone is not None]
    if len(whole) < len(pieces):
        single = _read_one(text, country) if len(pieces) > 1 else None
        return None if single is None else (single,)
    return tuple(whole)


def read_as(written: str, known: Usable) -> tuple[ContactInput, ...] | None:
    """The number as what is known of it; None when nothing is, or it reads like a sound one now and was only unchecked.

    A number that could not be checked stays so, whatever country would read it.
    """
    sound = _CLEAN(written) is not None and is_possible(written)
    if known is Usable.YES or (sound and known is Usable.UNCHECKED):
        return None
    if sound:
        return (ContactInput(ContactKind.PHONE, written, written, known),)
    unchecked = _unchecked(normalize("NFC", written).strip())
    return None if unchecked is None else (unchecked._replace(usable=known),)


def is_possible(e164: str) -> bool:
    """Whether the calling code exists and the number, a plus and digits, has a length its country knows."""
    return len(e164) in _possible_lengths(e164[:4])


def country_of(e164: str) -> str | None:
    """The country (ISO 3166-1 alpha-2) a number belongs to; None for calling codes that are no country's."""
    return _country_among(e164[: _telling_length(e164[:4])], len(e164))


def number_beginning(start: str, code: int, length: int) -> phonenumbers.PhoneNumber:
    """A number of that calling code and length, plus included, made up but for its beginning; for rules on prefixes."""
    national = (start + "234567890123456")[1 + len(str(code)) : length]
    zero = national.startswith("0")
    return phonenumbers.PhoneNumber(country_code=code, national_number=int(national or 0), italian_leading_zero=zero)


def calling_code(e164: str) -> int | None:
    """The calling code a number begins with; None if there is no such code."""
    return _regions(e164[:4])[0] or None


def _pieces(text: str, country: str | None) -> list[str]:
    """The text cut into its numbers, or whole where a part would be too short to be one."""
    parts = [part.strip() for part in _BETWEEN.split(text) if part.strip()]
    if len(parts) > 1 and not all(_count_digits(part) >= FEWEST_DIGITS for part in parts):
        parts = [text]
    cut = []
    for part in parts:
        halves = [half.strip() for half in part.split("/")]
        if (
            len(halves) > 1
            and all(_count_digits(half) >= _SLASH_NEEDS for half in halves)
            and not _valid(part, country)
        ):
            cut.extend(halves)
        else:
            cut.append(part)
    return cut


def _count_digits(text: str) -> int:
    return sum(letter.isdecimal() for letter in _EXTENSION.sub("", text))


def _read_one(written: str, country: str | None) -> ContactInput | None:
    floated = _FLOATED(written)
    text = floated[1] if floated else written
    if _SPACED(text):
        compact = "+" + _NOT_DIGIT.sub("", text)
        if is_possible(compact):
            return ContactInput(ContactKind.PHONE, compact, written, Usable.YES)
    if "@" in text or _SCIENTIFIC(text) or len(text) > _LONGEST_CELL:
        return None
    valid = _valid(text, country)
    return ContactInput(ContactKind.PHONE, valid, written, Usable.YES) if valid else _unchecked(written)


def _unchecked(written: str) -> ContactInput | None:
    """The digits of a text as a number that could not be checked; None when they are too few, too many, or a sum."""
    floated = _FLOATED(written)
    text = floated[1] if floated else written
    if "@" in text or _SCIENTIFIC(text) or len(text) > _LONGEST_CELL:
        return None
    bare = _EXTENSION.sub("", text)
    digits = "".join(str(decimal(letter)) for letter in bare if letter.isdecimal())
    letters = sum(letter.isalpha() for letter in bare)
    # More letters than digits is a sentence; nothing but noughts is what a form that insists on a number gets.
    if not FEWEST_DIGITS <= len(digits) <= MOST_DIGITS or letters > len(digits) or not digits.strip("0"):
        return None
    plus = "+" if bare.lstrip(" (\u200e\u202a").startswith(("+", "＋")) else ""
    return ContactInput(ContactKind.PHONE, plus + digits, written, Usable.UNCHECKED)


def _valid(text: str, country: str | None) -> str | None:
    """The number as E.164, None when it is not valid; a leading 00 the country does not know is a plus."""
    tries = [(text, country)]
    if text.startswith("00"):
        tries.append(("+" + text[2:], None))
    for number, region in tries:
        try:
            parsed = phonenumbers.parse(number, region)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(parsed):
            return str(phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164))
    return None


@lru_cache(maxsize=2048)
def _regions(start: str) -> tuple[int, tuple[str, ...]]:
    """The calling code a number beginning with these three digits has, and its regions; 0 and none if no such code."""
    for digits in (2, 3, 4):
        code = int(start[1:digits] or 0)
        regions = phonenumbers.COUNTRY_CODE_TO_REGION_CODE.get(code)
        if regions:
            return code, regions
    return 0, ()


@lru_cache(maxsize=2048)
def _possible_lengths(start: str) -> frozenset[int]:
    """How many characters, the plus included, numbers beginning with these three digits may have."""
    code, regions = _regions(start)
    if not regions:
        return frozenset()
    # The head of a calling code knows the lengths of all its regions.
    if regions[0] == phonenumbers.REGION_CODE_FOR_NON_GEO_ENTITY:
        metadata = phonenumbers.PhoneMetadata.metadata_for_nongeo_region(code)
    else:
        metadata = phonenumbers.PhoneMetadata.metadata_for_region(regions[0])
    if metadata is None or metadata.general_desc is None:
        return frozenset()
    return frozenset(1 + len(str(code)) + length for length in metadata.general_desc.possible_length)


@lru_cache(maxsize=2048)
def _telling_length(start: str) -> int:
    """How many characters of a number beginning with these three digits, the plus included, tell its country."""
    code, regions = _regions(start)
    if len(regions) < 2:
        return len(start)
    return 1 + len(str(code)) + _TELLING_DIGITS.get(code, 5 if code < 100 else 6)


@lru_cache(maxsize=65536)
def _country_among(start: str, length: int) -> str | None:
    """The country numbers with this beginning and length belong to, among those that share its calling code."""
    code, regions = _regions(start[:4])
    if len(regions) < 2:
        # 001 stands for what no country has, such as +800.
        return next((region for region in regions if region.isalpha()), None)
    region = phonenumbers.region_code_for_number(number_beginning(start, code, length))
    # Except in North America one country is the head of its calling code: the others are islands and enclaves.
    return region if region or code == 1 else regions[0]
