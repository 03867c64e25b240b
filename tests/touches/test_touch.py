"""Touches: contacts with a purpose, counted as giving or taking."""

import pytest

from care.errors import WrongUsage
from care.touches.touch import record_touch
from care.words import Area, Purpose
from stores import MONDAY, Store, later, people

GIVING = {Purpose.THANK, Purpose.GIVE, Purpose.SERVE, Purpose.INVOLVE}
TAKING = {Purpose.SELL, Purpose.ASK}


@pytest.mark.parametrize("purpose", sorted(GIVING | TAKING))
def test_each_purpose_gives_or_takes(store: Store, purpose: Purpose) -> None:
    store.take(people(2))
    area = Area.PRODUCT if purpose is Purpose.INVOLVE else None
    with store.changing() as session:
        record_touch(session, 1, purpose, "a card", area, "Ann", later(days=-1), MONDAY)
        record_touch(session, 1, purpose, None, None, "Bo", MONDAY, MONDAY)
    assert store.rows("SELECT gives, takes FROM customer ORDER BY id") == [
        (2 * (purpose in GIVING), 2 * (purpose in TAKING)), (0, 0),
    ]  # fmt: skip
    assert store.rows("SELECT purpose, area, words, at FROM touch WHERE id = 1") == [
        (purpose.value, area and "product", "a card", "2026-11-22 09:00:00.000000")
    ]
    assert store.one("SELECT last_heard_at FROM customer WHERE id = 1") is None  # a contact is not a talk


@pytest.mark.parametrize(
    ("purpose", "area", "at", "why"),
    [
        (Purpose.LISTEN, None, MONDAY, "care log"),
        (Purpose.TELL, None, MONDAY, "care issues tell"),
        (Purpose.SELL, Area.SALES, MONDAY, "goes with involve"),
        (Purpose.GIVE, None, later(seconds=1), "once it has happened"),
    ],
)
def test_what_is_no_touch_is_refused(store: Store, purpose: Purpose, area: Area | None, at, why: str) -> None:
    store.take(people(1))
    with store.changing() as session, pytest.raises(WrongUsage, match=why):
        record_touch(session, 1, purpose, None, area, "Ann", at, MONDAY)
    assert store.one("SELECT count(*) FROM touch") == 0
