"""``care questions``, as typed."""

import pytest
from running import Care, bare, too_wide


def keys(care: Care, *words: str) -> list[str]:
    return [one["key"] for one in care.ok("questions", *words, "--json").json["questions"]]


def test_a_question_is_added_reworded_retired_and_brought_back(filled: Care) -> None:
    added = filled.ok(
        "questions", "add", "Delivery", "How is our delivery?", "--reading", "--probe", "Late?", "--json"
    ).json
    assert {name: added[name] for name in ("key", "kind", "text", "probes", "reading", "private", "segment")} == {
        "key": "delivery", "kind": "every", "text": "How is our delivery?", "probes": ["Late?"], "reading": True,
        "private": False, "segment": None,
    }  # fmt: skip
    assert keys(filled)[5] == "delivery"
    filled.ok("log", "kari", "--answer", "delivery=late", "--reading", "delivery=bad")
    assert "How is our delivery?" in filled.ok("brief", "kari").out
    reworded = filled.ok("questions", "reword", "delivery", "Does it come in time?")
    assert "put before, from 23 November 2026: “How is our delivery?”" in reworded.out
    said = {one["key"]: one for one in filled.ok("brief", "kari", "--json").json["said"]}
    assert (said["delivery"]["question"], said["delivery"]["words"]) == ("How is our delivery?", "late")
    assert "restore delivery" in filled.ok("questions", "retire", "delivery").err
    assert ("delivery" in keys(filled), "delivery" in keys(filled, "--all")) == (False, True)
    assert "1 question retired: care questions --all" in filled.ok("questions").out
    filled.ok("undo")
    assert "delivery" in keys(filled)


def test_one_for_a_segment_nobody_is_in_is_said_to_be(filled: Care) -> None:
    assert filled.ok("questions", "add", "gilt", "Why?", "--segment", "gold").err == "Next: care questions\n"
    said = filled.ok("questions", "add", "tin", "Why?", "--segment", "Tin", "--deeper", "--private")
    assert "Nobody is of segment Tin yet" in said.err
    assert "private, only for Tin" in said.out


def test_the_opening_line(filled: Care) -> None:
    assert "{caller} from {company}" in filled.ok("questions", "opening").out
    filled.ok("questions", "opening", "Hei, dette er {caller}.")
    assert "“Hei, dette er Ann.”" in filled.ok("brief", "kari").out
    filled.ok("config", "unset", "opening")
    assert "“Good morning, this is Ann from Fjord Books." in filled.ok("brief", "kari").out


REFUSED = {
    ("questions", "add", "my key", "Why?"): ("“my key”", "one short word"),
    ("questions", "add", "life", "Why?"): ("“life”", "care questions reword life"),
    ("questions", "add", "own", " "): ("the question is empty",),
    ("questions", "add", "wish", "Why?"): ("“wish:”",),
    ("questions", "add", "own"): ("TEXT",),
    ("questions", "reword", "lif", "Why?"): ("Did you mean life?",),
    ("questions", "reword", "life"): ("put like that already",),
    ("questions", "restore", "life"): ("asked already",),
    ("questions", "opening", " "): ("Write it like", "{caller}"),
    ("questions", "opening", "x" * 501): ("at most 500",),
    ("questions", "remove", "life"): ("remove",),
}


@pytest.mark.parametrize("words", REFUSED, ids=lambda words: " ".join(words)[:40])
def test_what_cannot_be_is_said_in_one_line(filled: Care, words: tuple[str, ...]) -> None:
    filled(*words).refused(2, *REFUSED[words])


@pytest.mark.parametrize("width", [60, 120])
def test_the_guide_keeps_to_the_screen(filled: Care, width: int) -> None:
    filled.ok("questions", "add", "evil", "Is \x1b[31m[bold]red[/] \u202e?", "--probe", "a " * 100)
    shown = filled.shown("questions", width=width)
    assert not too_wide(shown, width)
    assert "␛[31m[bold]red[/] <U+202E>?" in bare(shown)
