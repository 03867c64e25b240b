"""``care search``, as typed: what is shown, marked and counted, and that nothing typed is too odd to be answered."""

import pytest
from running import NOTHING_HIDDEN, Care, bare, too_wide

HIT = {
    "id", "kind", "what", "ref", "customer", "call", "said_at", "said_on", "question", "private", "words", "marked",
}  # fmt: skip


def test_the_hits_key_by_key(talked: Care) -> None:
    found = talked.ok("search", "export", "--json").json
    assert set(found) == {"hits", "total", "at_least", "since", "reached"}
    assert all(set(one) == HIT for one in found["hits"])
    answer = next(one for one in found["hits"] if one["kind"] == "answer")
    assert answer | {"id": 0, "call": 0} == {
        "id": 0, "kind": "answer", "what": "promises", "ref": f"c{answer['call']}", "call": 0, "question": "promises",
        "customer": {"id": 1, "name": "Kari Nordmann", "company": "Fjord AS", "phone": "+4722123456",
                     "zone": "Europe/Oslo"},
        "said_at": "2026-11-23T08:00:00+00:00", "said_on": "2026-11-23", "private": False,
        "words": "Mostly. The export, no.", "marked": [[12, 18]],
    }  # fmt: skip
    assert [one["ref"] for one in found["hits"] if one["kind"] == "issue"] == ["i1"]


def test_private_answers_are_found_and_marked_private(talked: Care) -> None:
    assert "life  c" in talked.ok("search", "exam", "daughter").out
    [line] = [line for line in talked.ok("search", "exam", "may").out.splitlines() if "private" in line]
    assert line.endswith("private")
    assert [one["private"] for one in talked.ok("search", "exam may", "--json").json["hits"]] == [True]


def test_filters_and_the_date_they_mean(talked: Care) -> None:
    done = talked.ok("search", "export", "customer:Kari Nordmann", "since:today", "question:promises")
    assert done.err.splitlines() == ["Since 23 November 2026.", "Next: care customers show 1"]
    assert "Mostly. The export, no." in done.out
    assert talked.ok("search", 'export customer:"anna lindqvist"', "--json").json["total"] == 0


def test_how_many_more(filled: Care) -> None:
    for who in ("kari", "ola", "anna"):
        filled.ok("log", who, *(word for key in ("promises", "ease", "life", "wishes") for word in
                                ("--answer", f"{key}=late again")))  # fmt: skip
    assert filled.ok("search", "late").out.splitlines()[-1] == "10 of 12 hits. More with --limit."
    assert "hits. More" not in filled.ok("search", "late", "--limit", "12").out
    best = filled.ok("search", "late", "--best", "--limit", "2", "--json").json
    assert (len(best["hits"]), best["total"]) == (2, 12)


def test_nothing_found_is_no_error(talked: Care) -> None:
    done = talked.ok("search", "zebr")
    assert "Nothing like that was said" in done.out
    assert done.err == "Words that begin so: care search zebr*\n"
    assert talked.ok("search", "zebr", "--json").json["hits"] == []


ANSWERED = (
    '"', "'", '"a', "it's", "AND", "OR late", "NOT", "NEAR(", "NEAR(a b, 3)", "late*", "*late", "a", "é", "-late",
    "-a", "late -fee", "words:late", "^late", "{late}", "a+b", "100%", "%", "_", "\\", ";--", "💛 late", "第三",
    "हिन्दी", "a" * 900, "\u202elate", "`late`", "$(late)", "(late", "late)", "[bold]late",
)  # fmt: skip


def test_whatever_is_typed_is_answered_or_said_to_be_wrong(talked: Care) -> None:
    refused = set()
    for said in ANSWERED:
        done = talked("search", said)
        if done.code:
            done.refused(2)
            refused.add(said)
    assert refused == {'"', "'", "%", "_", "\\", ";--"}


REFUSED = {
    ("search",): ("WORDS",),
    ("search", ""): ("nothing to look for",),
    ("search", "💛"): ("no letter or digit", "“💛”"),
    ("search", "-"): ("“-”",),
    ("search", "customer:"): ("nothing follows customer:", 'customer:"Kari Nordmann"'),
    ("search", "customer:kari"): ("beside the filters",),
    ("search", "x since:01/02/2026"): ("“01/02/2026”",),
    ("search", "x question:eese"): ("Did you mean ease?",),
    ("search", "x", "--limt", "3"): ("--limt",),
    ("search", "x " * 40): ("32 words",),
}


@pytest.mark.parametrize("words", REFUSED, ids=lambda words: " ".join(words)[:40])
def test_what_cannot_be_looked_for_is_said_in_one_line(talked: Care, words: tuple[str, ...]) -> None:
    talked(*words).refused(2, *REFUSED[words])


def test_a_customer_who_is_nobody_or_several(talked: Care) -> None:
    talked("search", "export", "customer:zed").refused(3, "“zed”")
    talked("search", "export", "customer:n").refused(3, "more than one customer")


@pytest.mark.parametrize("width", [60, 120])
def test_a_hit_is_marked_harmless_and_in_its_place(filled: Care, width: int) -> None:
    said = "\x1b[2J" + "so much before it " * 30 + "[bold]l\u202eate late[/] \x02late\x03 " + "and after " * 60
    filled.ok("log", "kari", "--answer", f"ease={said}", "--issue", "late\x1b]0;x\x07\nlate")
    shown = filled.shown("search", "late", width=width)
    assert "\x1b[1;33mlate\x1b[0m" in shown
    assert not too_wide(shown, width)
    assert NOTHING_HIDDEN.findall(bare(shown)) == []
    assert "[bold]l<U+202E>ate late[/] ␂late␃" in " ".join(bare(shown).split())
    piped = filled.ok("search", "late").out
    assert NOTHING_HIDDEN.findall(piped) == []
    assert "so much before it " * 30 in piped
    assert ("and after " * 60).strip() in piped
