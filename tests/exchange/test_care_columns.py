"""The headers of care's own export, to and fro."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from care.exchange.csv.care_columns import (
    extra_of_header,
    field_of_own,
    header_of_extra,
    numbered,
    system_of_header,
    usable_said,
    usable_words,
)
from care.exchange.csv.fields import Field
from care.exchange.csv.layouts import field_of, layout_of, recognise
from care.words import Usable

OWN = ["care uid", "name", "company", "phone", "phone 2", "email", "email 12", "segment", "status", "country",
       "time zone", "birthday", "joined on", "owner", "preferred hours", "total spend"]  # fmt: skip


def test_a_file_of_care_is_known_by_its_uid() -> None:
    assert layout_of(OWN).name == "care"
    assert recognise(OWN) == [
        Field.EXTERNAL_ID, Field.NAME, Field.COMPANY, Field.PHONE, Field.PHONE, Field.EMAIL, Field.EMAIL,
        Field.SEGMENT, Field.STATUS, Field.COUNTRY, Field.ZONE, Field.BIRTHDAY, Field.JOINED_ON,
        Field.OWNER, Field.HOURS, Field.SPEND,
    ]  # fmt: skip
    assert recognise([*OWN, "Telephone", "Tags", "Phone", "phones usable"])[-4:] == [None] * 4


def test_without_the_uid_the_columns_are_known_like_any_others() -> None:
    assert layout_of(OWN[1:]).name != "care"
    assert recognise(OWN[1:]) == [field_of_own(header) for header in OWN[1:]]
    assert [field_of(header) for header in ("phones usable", "external id in HubSpot")] == [None, None]


@pytest.mark.parametrize(
    ("column", "header"),
    [
        ("Tags", "Tags"),
        ("Name", "Name"),
        ("name", "kept: name"),
        ("phone 2", "kept: phone 2"),
        ("phone 0", "phone 0"),
        ("phone two", "phone two"),
        ("phones usable", "kept: phones usable"),
        ("external id in HubSpot", "kept: external id in HubSpot"),
        ("kept: it", "kept: kept: it"),
        ("care uid", "kept: care uid"),
    ],
)
def test_a_column_headed_like_one_of_ours_is_marked(column: str, header: str) -> None:
    assert header_of_extra(column) == header
    assert extra_of_header(header) == column


@given(st.sampled_from([*OWN, "kept: ", "external id in "]) | st.text(), st.text())
def test_every_column_comes_back_and_is_none_of_ours(start: str, end: str) -> None:
    header = header_of_extra(start + end)
    assert extra_of_header(header) == start + end
    assert field_of_own(header) is None
    assert system_of_header(header) is None


def test_columns_of_a_kind_are_numbered() -> None:
    assert numbered("phone", 3) == ["phone", "phone 2", "phone 3"]
    assert numbered("email", 0) == []
    assert system_of_header("external id in Zoho CRM") == "Zoho CRM"


@given(st.lists(st.sampled_from(Usable)))
def test_what_is_known_of_phones_comes_back(phones: list[Usable]) -> None:
    said = usable_said(usable_words(phones))
    assert said == ([] if all(one is Usable.YES for one in phones) else phones)


def test_a_word_that_says_nothing_says_yes() -> None:
    assert usable_said("Unchecked perhaps NO") == [Usable.UNCHECKED, Usable.YES, Usable.NO]
