"""``care customers``: the filters and orders people reach for, as a script and as a person sees them."""

import pytest
from running import Care, bare, too_wide

NEXT_YEAR = "2027-11-29T09:00:00+01:00"


def ids(care: Care, *words: str, now: str | None = None) -> list[int]:
    found = care.ok("customers", *words, "--json", now=now).json
    assert found["total"] >= len(found["customers"])
    return [one["id"] for one in found["customers"]]


def test_the_filters(talked: Care) -> None:
    [kari] = talked.ok("customers", "--silent", "1y", "--json", now=NEXT_YEAR).json["customers"]
    wanted = {"id", "name", "company", "email", "phone", "segment", "status", "last_heard_on", "silent_days"}
    assert wanted <= set(kari)
    assert (kari["id"], kari["last_heard_on"], kari["silent_days"]) == (1, "2026-11-23", 371)
    assert ids(talked, "--silent", "1y") == []
    assert ids(talked, "--never-heard") == list(range(2, 13))
    assert ids(talked, "--silent", "1y", "--never-heard", now=NEXT_YEAR) == list(range(1, 13))
    assert ids(talked, "--with-open-issues") == [1, 2, 3]
    talked.ok("issues", "tell", "i1", "ola")
    assert ids(talked, "--with-open-issues") == [1, 3]
    assert ids(talked, "--with-open-issues", "--segment", "gold", "--never-heard") == [3]


def test_the_orders(talked: Care) -> None:
    assert ids(talked, "--sort", "silent", "--limit", "3") == [2, 3, 4]
    assert ids(talked, "--sort", "silent")[-1] == 1
    assert ids(talked, "--sort", "added", "--limit", "2") == [12, 11]
    assert ids(talked, "--sort", "name", "--limit", "2") == [3, 7]
    assert ids(talked, "--sort", "company", "--limit", "3") == [6, 4, 8]
    page = talked.ok("customers", "--sort", "silent", "--limit", "3", "--json").json
    assert (len(page["customers"]), page["total"]) == (3, 12)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--silent", "soon"), ("“soon”", "90d, 12w, 6m or 1y")),
        (("--silent", "90"), ("“90”", "90d, 12w, 6m or 1y")),
        (("--sort", "age"), ("'age'", "'silent'")),
        (("--limit", "0"), ("--limit",)),
    ],
)
def test_wrong_values_are_named(filled: Care, words: tuple[str, ...], said: tuple[str, ...]) -> None:
    filled("customers", *words).refused(2, *said)


def test_a_page_on_a_terminal_says_how_many_more(filled: Care) -> None:
    for n in range(15):
        filled.ok("customers", "add", f"Extra {n}")
    shown = filled.shown("customers", "--never-heard", "--sort", "name", width=60)
    assert not too_wide(shown, 60)
    assert "20 of 27. More with --limit" in bare(shown)
    assert "Nobody is like that" in filled.ok("customers", "--silent", "90d").err
    assert len(filled.ok("customers", "--never-heard").out.splitlines()) == 28
