"""Which column goes where, and what --map changes."""

import pytest

from care.errors import BadFile, WrongUsage
from care.exchange.csv.column_plan import ColumnPlan, plan_columns, unique_headers
from care.exchange.csv.reading_options import ReadingOptions, parse_map


def plan(header: str, *maps: str) -> ColumnPlan:
    columns, values = parse_map(maps)
    return plan_columns(header.split(","), ReadingOptions(columns=columns, values=values), "c.csv")


def fields(header: str, *maps: str) -> list[str | None]:
    return [field and field.value for field in plan(header, *maps).fields]


def test_every_column_has_a_header_of_its_own() -> None:
    assert unique_headers(["Name", " Name ", "", "Name", "Name (2)", "column 3"]) == [
        "Name",
        "Name (2)",
        "column 3",
        "Name (3)",
        "Name (2) (2)",
        "column 3 (2)",
    ]


def test_a_map_gives_a_column_its_field() -> None:
    assert fields("who,nr", "who=name", "NR=phone") == ["name", "phone"]
    assert fields("Name,Alias", "Alias=name") == [None, "name"]
    assert fields("Name,Email", "Email=-") == ["name", None]
    assert fields("Name,Email", "Email=keep") == ["name", None]
    assert fields("Name,Owner: Phone", "Owner: Phone=work phone") == ["name", "work_phone"]
    assert fields("Name,Name", "Name (2)=company") == ["name", "company"]
    assert fields("Name,x", "x=E-mail") == ["name", "email"]


def test_a_map_gives_a_value_its_meaning() -> None:
    assert plan("Name,Lead Status", "Lead Status:In Talks=active").meanings == {1: {"in talks": "active"}}
    assert fields("Name,Status,Type", "Type:A=prospect") == ["name", None, "status"]
    assert plan("Name,Segment", "Segment:A=Gold").meanings == {1: {"a": "Gold"}}


def test_tags_give_way_to_a_segment() -> None:
    assert fields("Name,Tags") == ["name", "tags"]
    assert fields("Name,Tags,Segment") == ["name", None, "segment"]


@pytest.mark.parametrize(
    ("entry", "reason"),
    [("Name", "no “=”"), ("=name", "no column"), ("Name=", "no column"), ("Name=wibble", "“wibble” is no field")],
)
def test_a_map_that_cannot_be_read_names_its_form(entry: str, reason: str) -> None:
    with pytest.raises(WrongUsage) as refused:
        parse_map([entry])
    assert f"“{entry}”" in refused.value.sentence
    assert reason in refused.value.sentence
    assert "COLUMN=FIELD" in refused.value.sentence
    assert "COLUMN:VALUE=FIELD-VALUE" in refused.value.sentence


def test_a_value_may_hold_an_equals_sign() -> None:
    assert parse_map(["Stage:a=b=active"]) == ({}, {("Stage", "a=b"): "active"})


@pytest.mark.parametrize(
    ("header", "entry", "words"),
    [
        ("Name,Email", "Foo=name", "no column “Foo”. It has Name, Email."),
        ("Name,Status", "Status:Won=gold", "It is prospect, active or former."),
        ("Name,Type", "Type:A=Gold", "--map \"Type=FIELD\""),
    ],
)  # fmt: skip
def test_a_map_that_does_not_fit_the_file_says_why(header: str, entry: str, words: str) -> None:
    with pytest.raises(WrongUsage) as refused:
        plan(header, entry)
    assert words in refused.value.sentence


def test_a_file_without_a_person_in_it_is_refused() -> None:
    with pytest.raises(BadFile) as refused:
        plan("city,location")
    assert refused.value.sentence == (
        'no column of c.csv is recognised as a name, e-mail or phone: city, location. Say which with --map "city=name".'
    )
    with pytest.raises(BadFile, match="and 8 more"):
        plan(",".join(f"c{number}" for number in range(20)))
    with pytest.raises(BadFile, match="has no header"):
        plan("John Doe,john@doe.example,555-0101")
    with pytest.raises(BadFile, match="10,000 columns"):
        plan(",".join(["Name"] * 10_000))


def test_labels_stand_beside_the_values_they_describe() -> None:
    assert plan("Name,Phone 1 - Type,Phone 1 - Value,Phone 2 - Value").labels == {2: 1}
