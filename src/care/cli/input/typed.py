"""What a person types for one customer's number, address, country, zone or birthday, read or refused."""

from care.customers.customer_input import ContactInput
from care.errors import BadSetting


def typed_phones(said: list[str] | None, country: str | None) -> tuple[ContactInput, ...] | None:
    """The numbers, None where none was said, nobody's for an empty text. Raises BadSetting for what is no number."""
    from care.customers.phones import read_phones

    if said is None:
        return None
    found: list[ContactInput] = []
    for one in said:
        read = read_phones(one, country) or () if one.strip() else ()
        if one.strip() and not read:
            raise BadSetting("--phone", one, "+47 22 12 34 56, with 5 to 15 digits")
        found += read
    return tuple(found)


def typed_emails(said: list[str] | None) -> tuple[ContactInput, ...] | None:
    """The addresses, None where none was said. Raises BadSetting for what is no address."""
    from care.customers.emails import read_emails

    if said is None:
        return None
    found: list[ContactInput] = []
    for one in said:
        read = read_emails(one) or () if one.strip() else ()
        if one.strip() and not read:
            raise BadSetting("--email", one, "ann@example.com")
        found += read
    return tuple(found)


def typed_country(said: str | None) -> str | None:
    """The ISO code of the country. Raises BadSetting."""
    if not said:
        return said
    from care.countries import country_code

    code = country_code(said)
    if code is None:
        raise BadSetting("--country", said, "NO or Norway")
    return code


def typed_zone(said: str | None) -> str | None:
    """The IANA name of the zone. Raises BadSetting, with the name that was probably meant."""
    if said:
        from care.times.zones import zone

        zone(said)
    return said


def typed_birthday(said: str | None) -> tuple[int | None, int | None, int | None] | None:
    """Day, month and perhaps year; all None for an empty text. Raises BadSetting, also for what has two readings."""
    if said is None:
        return None
    if not said.strip():
        return None, None, None
    from care.customers.birthdays import NoDay, read_day

    read = read_day(said, None)
    if isinstance(read, NoDay):
        raise BadSetting("--birthday", said, "1980-02-03, or 3 Feb without a year")
    return read.day, read.month, read.year


def typed_hours(said: str | None, everyone: str) -> str | None:
    """When a customer likes to be called, as it was said. Raises BadSetting for what cannot be read as hours."""
    from care.text import tidy
    from care.times.hours import read_hours

    if said is None or not said.strip():
        return said if said is None else ""
    try:
        read_hours(said, read_hours(everyone))
    except ValueError:
        form = "mornings, after 16:00, 09:00-11:00, “Tue, Thu” or “Tue, Thu after 16:00”"
        raise BadSetting("--prefers", said, form) from None
    return tidy(said)
