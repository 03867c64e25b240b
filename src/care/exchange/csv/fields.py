"""What a column of a customer file can be to care. Standard library only: the values are the words of ``--map``."""

from enum import StrEnum

from care.words import ContactKind


class Field(StrEnum):
    """A field of a customer, as ``--map`` names it."""

    NAME = "name"
    FIRST_NAME = "first_name"
    MIDDLE_NAME = "middle_name"
    LAST_NAME = "last_name"
    COMPANY = "company"
    PHONE = "phone"
    MOBILE_PHONE = "mobile_phone"
    WORK_PHONE = "work_phone"
    HOME_PHONE = "home_phone"
    OTHER_PHONE = "other_phone"
    EMAIL = "email"
    WORK_EMAIL = "work_email"
    HOME_EMAIL = "home_email"
    OTHER_EMAIL = "other_email"
    EXTERNAL_ID = "external_id"
    SEGMENT = "segment"
    TAGS = "tags"
    STATUS = "status"
    COUNTRY = "country"
    ZONE = "zone"
    BIRTHDAY = "birthday"
    JOINED_ON = "joined_on"
    OWNER = "owner"
    HOURS = "hours"
    SPEND = "spend"


UID = "care uid"

FIELDS = {
    UID: Field.EXTERNAL_ID,
    "name": Field.NAME,
    "company": Field.COMPANY,
    "segment": Field.SEGMENT,
    "status": Field.STATUS,
    "country": Field.COUNTRY,
    "time zone": Field.ZONE,
    "birthday": Field.BIRTHDAY,
    "joined on": Field.JOINED_ON,
    "owner": Field.OWNER,
    "preferred hours": Field.HOURS,
    "total spend": Field.SPEND,
}
"""The headers in care's own export, where there is one column of a field."""

KEEP = ("-", "keep")  # what --map calls a column to be kept as it is

# The order in which we would dial, and in which we would write.
PHONES = (Field.MOBILE_PHONE, Field.WORK_PHONE, Field.PHONE, Field.HOME_PHONE, Field.OTHER_PHONE)

EMAILS = (Field.WORK_EMAIL, Field.EMAIL, Field.HOME_EMAIL, Field.OTHER_EMAIL)

NAMES = (Field.NAME, Field.FIRST_NAME, Field.MIDDLE_NAME, Field.LAST_NAME)


def kind_of(field: Field) -> ContactKind | None:
    """Whether a field is a phone or an e-mail, None when it is neither."""
    if field in PHONES:
        return ContactKind.PHONE
    return ContactKind.EMAIL if field in EMAILS else None
