"""Leaves and seals as the verifier makes them, against digests worked out with hashlib alone."""

import json
from datetime import timedelta
from hashlib import blake2b

from sealed_rows import UID, drawn_entry, sealed_draw, sealed_stratum

from care.verify.order import Order
from care.verify.seal import leaf_of, seal_of, wrong_entries, wrong_ranks, wrong_seal
from stores import KEY, MONDAY


def hashed(*parts: str) -> str:
    """256 bits of BLAKE2b over the parts, each after its length in 8 bytes."""
    raw = b"".join(len(part.encode()).to_bytes(8, "big") + part.encode() for part in parts)
    return blake2b(raw, digest_size=32).hexdigest()


def test_a_leaf_is_over_salt_uid_turn_role_and_reason() -> None:
    entry = drawn_entry(1, "called", uid="00" * 16, cycle=1, place=5)
    assert leaf_of(entry) == "629b506b697660c619942398e737215ac2a4e1b9806d290533f17003445f8106"
    deferred = drawn_entry(4, "deferred", salt="bb", cycle=3, place=2**63 - 1, reason="resting")
    assert leaf_of(deferred) == hashed("bb", UID, "3", "9223372036854775807", "deferred", "resting")


def test_a_seal_is_over_what_the_draw_says_and_the_leaves_in_rank() -> None:
    draw = sealed_draw([sealed_stratum()])
    facts = draw._asdict() | {"drawn_at": "2026-11-23T09:00:00+00:00"}
    del facts["id"], facts["seal"]
    written = json.dumps(facts, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    entries = [drawn_entry(2, "reserve", leaf="22"), drawn_entry(1, "called", leaf="11")]
    assert seal_of(draw, entries) == hashed(written, "11", "22")


def test_a_draw_that_fits_the_one_before_is_sealed_rightly() -> None:
    first, second = two_draws()
    assert list(wrong_seal(first, [], None, "")) == []
    assert list(wrong_seal(second, [], first, "")) == []


def test_each_thing_that_does_not_fit_is_named() -> None:
    first, second = two_draws()
    assert list(wrong_seal(second._replace(asked=9), [], first, "")) == ["the draw was changed after it was sealed"]
    resealed = first._replace(asked=9)
    resealed = resealed._replace(seal=seal_of(resealed, []))
    assert list(wrong_seal(resealed, [], None, "")) == []
    assert list(wrong_seal(second, [], resealed, "")) == ["the draw before it was changed or is missing"]
    assert list(wrong_seal(second, [], None, "")) == ["the draw before it was changed or is missing"]
    other_ledger = ["the ledger it was drawn from is not the one that is here"]
    assert list(wrong_seal(second, [], first, "ab")) == other_ledger


def test_draws_go_forward() -> None:
    first, _ = two_draws()
    for more, problem in (
        ({"week": "2026-W47"}, "it comes before the draw it follows"),
        ({"week": "2026-W48", "part": 2, "drawn_at": MONDAY - timedelta(1)}, "it comes before the draw it follows"),
        ({"week": "2026-W49", "part": 2}, "it is not the next draw of its week"),
        ({"week": "2026-W48", "part": 1}, "it is not the next draw of its week"),
    ):
        draw = sealed_draw([sealed_stratum()], seal_before=first.seal, **more)
        assert list(wrong_seal(draw._replace(seal=seal_of(draw, [])), [], first, "")) == [problem]


def two_draws():
    first = sealed_draw([sealed_stratum()])
    first = first._replace(seal=seal_of(first, []))
    second = sealed_draw([sealed_stratum()], id=2, week="2026-W49", seal_before=first.seal)
    return first, second._replace(seal=seal_of(second, []))


def committed(rank: int, role: str, cycle: int = 1, place: int = 8913482433939943475, **more):
    """An entry with its leaf; the place is the one the key gives in the first cycle."""
    entry = drawn_entry(rank, role, cycle=cycle, place=place, **more)
    return entry._replace(leaf=leaf_of(entry))


def test_entries_are_held_against_their_leaf_the_key_and_the_seats() -> None:
    order, draw = Order(KEY), sealed_draw([sealed_stratum()])
    right = committed(1, "called")
    assert list(wrong_entries(draw, [right], order)) == []
    erased = right._replace(uid=None, salt=None, cycle=None, place=None)
    assert list(wrong_entries(draw, [erased], order)) == []
    changed = ["the entry of the name drawn as number 1 was changed"]
    for other in (right._replace(salt="bb"), right._replace(cycle=2), right._replace(reason="resting")):
        assert list(wrong_entries(draw, [other], order)) == changed
    misplaced = ["the place of the name drawn as number 1 is not what the key makes it"]
    assert list(wrong_entries(draw, [committed(1, "called", place=7)], order)) == misplaced
    assert list(wrong_entries(draw, [], order)) == ["its calls are not as many as its seats"]
    many = [right, committed(2, "reserve")]
    assert list(wrong_entries(draw, many, order)) == ["its reserves are not as many as it says"]


def test_the_called_and_reserves_of_a_stratum_stand_in_their_turn() -> None:
    def ranked(*turns: tuple[str, str, int, int]) -> list[str]:
        entries = [
            drawn_entry(rank, role, stratum, cycle=cycle, place=place)
            for rank, (role, stratum, cycle, place) in enumerate(turns, 1)
        ]
        return list(wrong_ranks(entries))

    assert ranked(("called", "a", 1, 5), ("called", "b", 1, 2), ("called", "a", 2, 1), ("deferred", "a", 1, 1)) == []
    assert ranked(("called", "a", 1, 5), ("reserve", "a", 1, 4)) == ["its names are not in turn"]
    assert list(wrong_ranks([drawn_entry(1, "called"), drawn_entry(3, "called")])) == ["its ranks have a gap"]
