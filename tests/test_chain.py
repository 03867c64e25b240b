"""The hashes of the record: known values, nothing that runs together, nothing that depends on the machine."""

from hashlib import blake2b

from hypothesis import given
from hypothesis import strategies as st

from care.chain import START, Bundle, canonical, digest, leaf, link

PARTS = st.lists(st.text(st.characters(codec="utf-8"), max_size=4), max_size=4)


def test_a_digest_is_blake2b_over_each_part_after_its_length() -> None:
    raw = b"\0\0\0\0\0\0\0\2ab" + b"\0\0\0\0\0\0\0\2\xc3\xa6"
    assert digest("ab", "æ") == digest(b"ab", "æ".encode()) == blake2b(raw, digest_size=32).hexdigest()
    assert digest() == blake2b(digest_size=32).hexdigest()


@given(PARTS, PARTS)
def test_no_two_lists_of_parts_run_together(one: list[str], other: list[str]) -> None:
    assert (digest(*one) == digest(*other)) is (one == other)


def test_facts_are_written_the_same_everywhere() -> None:
    assert canonical({"b": [1, None, True], "a": "Å “x”"}) == '{"a":"Å “x”","b":[1,null,true]}'.encode()
    assert canonical({"b": 1, "a": 2}) == canonical({"a": 2, "b": 1})


def test_a_leaf_hides_behind_its_salt_and_a_link_holds_everything() -> None:
    assert leaf("s", "uid", 3) == digest("s", "uid", "3")
    assert leaf("s", "uid", 3) != leaf("t", "uid", 3)
    whole = (START, "out", "2026-11-23T09:00:00+00:00", leaf("s", "u"), {"reason": "paused"})
    made = {link(*whole)}
    for place, other in enumerate(("1" * 64, "in", "2026-11-23T09:00:01+00:00", leaf("t", "u"), {"reason": "gone"})):
        made.add(link(*whole[:place], other, *whole[place + 1 :]))
    assert len(made) == 6


@given(st.lists(st.tuples(st.text(max_size=3), st.integers()), max_size=6), st.randoms(use_true_random=False))
def test_a_bundle_is_the_same_in_any_order(things: list[tuple[str, int]], chance) -> None:
    first, second = Bundle(), Bundle()
    for one in things:
        first.add(*one)
    chance.shuffle(things)
    for one in things:
        second.add(*one)
    assert (first.hexdigest(), first.count) == (second.hexdigest(), len(things))


def test_a_bundle_notices_one_more_one_less_and_one_twice() -> None:
    made = set()
    for things in ((), ("a",), ("b",), ("a", "a"), ("a", "b")):
        bundle = Bundle()
        for one in things:
            bundle.add(one)
        made.add(bundle.hexdigest())
    assert len(made) == 5
    assert Bundle().hexdigest() == "0" * 64
