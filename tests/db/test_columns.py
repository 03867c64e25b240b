"""A table from a record: the columns follow its fields, and a misspelt option is refused."""

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any, NamedTuple

import pytest
from sqlalchemy import MetaData
from sqlalchemy.dialects.sqlite import dialect
from sqlalchemy.schema import CreateTable

from care.db.tables import columns
from care.db.tables.columns import UtcDateTime, Word, field, table
from care.words import Stance


class Thing(NamedTuple):
    """One of each."""

    id: int
    name: str
    at: datetime
    on: date | None
    stance: Stance | None
    said: list[str]
    more: Any
    share: float | None
    whole: bool


@pytest.fixture(autouse=True)
def apart(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tables made here are none of a store's."""
    monkeypatch.setattr(columns, "METADATA", MetaData())


def test_a_table_has_the_columns_its_record_has_fields() -> None:
    made = str(CreateTable(table("thing", Thing, name=field(unique=True))).compile(dialect=dialect()))
    assert [" ".join(line.strip(" ,\t").split()) for line in made.strip().splitlines()[1:-1]] == [
        "id INTEGER NOT NULL", "name VARCHAR NOT NULL", "at DATETIME NOT NULL", '"on" DATE', "stance VARCHAR",
        "said JSON NOT NULL", "more JSON NOT NULL", "share FLOAT", "whole BOOLEAN NOT NULL", "PRIMARY KEY (id)",
        "UNIQUE (name)",
    ]  # fmt: skip


def test_an_option_of_no_field_is_refused() -> None:
    with pytest.raises(TypeError, match="Thing has no nmae"):
        table("thing", Thing, nmae=field(index=True))


def test_an_instant_is_stored_in_utc_and_a_naive_one_is_refused() -> None:
    kind = UtcDateTime()
    noon = datetime(2026, 11, 23, 12, tzinfo=timezone(timedelta(hours=2)))
    assert kind.process_bind_param(noon, dialect()) == datetime(2026, 11, 23, 10)
    assert kind.process_result_value(datetime(2026, 11, 23, 10), dialect()) == noon.astimezone(UTC)
    with pytest.raises(ValueError, match="zone"):
        kind.process_bind_param(datetime(2026, 11, 23, 12), dialect())


def test_a_word_outside_its_set_is_refused_both_ways() -> None:
    kind = Word(Stance)
    assert kind.process_result_value(next(iter(Stance)).value, dialect()) is next(iter(Stance))
    for way in (kind.process_bind_param, kind.process_result_value):
        with pytest.raises(ValueError, match="nothing"):
            way("nothing", dialect())
