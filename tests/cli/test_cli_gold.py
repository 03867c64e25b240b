"""The way of a wish through the real program: noted, gathered, made an issue or a promise, told, reported."""

from making import made_once
from running import NEXT_MONDAY, Care, bare, too_wide

MARCH = "2027-03-15T09:00:00+01:00"


@made_once
def mined(filled: Care) -> Care:
    """Wishes w1, w2, w4 for quick answers, w5 for something else, t3 of Ola; nothing is gathered yet."""
    for who, *words in (
        ("kari", "--wish", "Always answer within a day"),
        ("ola", "--wish", "an answer the same day, not next week", "--trigger", "you pick up the phone"),
        ("anna", "--wish", "answer mails within one day", "--wish", "prices that stay for a year"),
    ):
        filled.ok("log", who, "--kind", "chosen", *words)
    return filled


def test_from_a_wish_to_three_told_customers(mined: Care) -> None:
    (one,) = mined.ok("gold", "gather", "--json").json["suggestions"]
    refs = [passage["ref"] for passage in one["passages"]]
    assert (sorted(refs), one["customers"], one["vein"], one["kind"]) == (["w1", "w2", "w4"], 3, None, "wish")
    assert {"answer", "day"} <= set(one["shared"])
    listed = mined.ok("gold", "gather")
    assert listed.err == "Agree to one: care gold gather w1 w2 w4 --title TEXT\n"
    assert mined.ok("gold", "--json").json["veins"] == []
    made = mined.ok("gold", "gather", "w1", "w2", "w4", "--title", "Answers within a day", "--json").json
    assert (made["ref"], made["title"], made["customers"], made["state"]) == ("g1", "Answers within a day", 3, "open")
    assert made["passages"][0]["customer"]["name"] == "Kari Nordmann"
    done = mined.ok("gold", "issue", "within a day")
    assert done.err == "3 customers have to hear what becomes of it. When it is fixed: care issues fix i1 --note TEXT\n"
    raised = mined.ok("issues", "show", "i1", "--json").json["raised_by"]
    assert [(one["name"], one["words"]) for one in raised] == [
        ("Kari Nordmann", "Always answer within a day"),
        ("Ola Hansen", "an answer the same day, not next week"),
        ("Anna Lindqvist", "answer mails within one day"),
    ]
    assert outcome(mined) == "open"
    mined.ok("issues", "fix", "i1", "--note", "A rota")
    assert outcome(mined) == "fixed"
    assert [(one["ref"], one["kind"]) for one in mined.ok("owed", "--json").json["owed"]] == [("i1", "tell")] * 3
    for who in ("kari", "ola", "anna"):
        assert outcome(mined) == "fixed"
        mined.ok("issues", "tell", "i1", who, "--reaction", "pleased")
    assert outcome(mined) == "told"
    assert "g1  Answers within a day  wish  3 customers  i1 told" in mined.ok("report", "gold").out
    mined("gold", "promise", "g1", "We answer").refused(2, "g1 became i1 already")


def outcome(care: Care) -> str:
    """What the report says became of the issue of g1."""
    (one,) = care.ok("report", "gold", "--json").json["gold"]["veins"]
    return str(one["issue"]["state"])


def test_a_promise_of_ours_is_asked_about_and_its_keeping_reported(mined: Care) -> None:
    mined.ok("gold", "gather", "t3", "--title", "A person on the phone")
    made = mined.ok("gold", "promise", "g1", "A person picks up within three rings", "--json").json
    assert (made["state"], made["promise"], made["question"], made["asked"]) == (
        "promise", "A person picks up within three rings", "promise-g1", True
    )  # fmt: skip
    plan = mined.ok("plan", "--json").json
    drawn = [str(call["customer"]["id"]) for call in plan["calls"] if call["kind"] == "drawn"]
    for who, reading in zip(drawn, ("good", "bad", "good"), strict=True):
        mined.ok("log", who, "--answer", "promise-g1=well", "--reading", f"promise-g1={reading}")
    mined.ok("log", "kari", "--kind", "volunteered", "--reading", "promise-g1=bad")  # a story, and no share
    report = mined.ok("report", "gold", "heard", "--json", now=NEXT_MONDAY).json
    (one,) = report["gold"]["veins"]
    assert (one["kept"]["good"], one["kept"]["of"], one["kept"]["since"]) == (2, 3, "2026-11-23")
    assert 0 < one["kept"]["low"] < 2 / 3 < one["kept"]["high"] < 1
    assert report["heard"]["shares"] == []
    shown = mined.ok("report", "gold", now=NEXT_MONDAY).out
    assert "Kept for 2 of 3 asked since 23 November 2026: 67 % (" in shown
    assert "too few for a trend" in shown
    dropped = mined.ok("gold", "drop", "g1", "--json").json
    assert (dropped["state"], dropped["asked"]) == ("dropped", False)


def test_the_report_names_a_vein_nothing_came_of(mined: Care) -> None:
    report = mined.ok("report", now=NEXT_MONDAY)
    assert report.out.splitlines()[-1] == "gold         5 passages to gather"
    mined.ok("gold", "gather", "w5", "--title", "Stable prices")
    assert "gold         1 vein, 4 passages to gather\n" in mined.ok("report", now=NEXT_MONDAY).out
    late = mined.ok("report", now=MARCH)
    assert "gold         1 vein, 4 passages to gather, nothing came of g1 Stable prices for 112 days\n" in late.out
    assert "g1  Stable prices  wish  1 customer  nothing for 112 days" in mined.ok("report", "gold", now=MARCH).out
    (one,) = mined.ok("report", "--json", now=MARCH).json["gold"]["veins"]
    assert one["idle_days"] == 112
    day_89, day_90 = "2027-02-20T09:00:00+01:00", "2027-02-21T09:00:00+01:00"
    for now, idle in ((day_89, None), (day_90, 90)):
        assert mined.ok("report", "gold", "--json", now=now).json["gold"]["veins"][0]["idle_days"] == idle
    mined.ok("gold", "drop", "g1")
    assert "nothing" not in mined.ok("report", "gold", now=MARCH).out


def test_without_gold_there_is_no_line(filled: Care) -> None:
    assert "gold" not in filled.ok("report").out
    assert filled.ok("gold").out == "No wish and no trigger was noted yet.\n"
    assert filled.ok("report", "gold").out.splitlines()[2] == "GOLD         no wish and no trigger was noted yet"
    assert filled.ok("gold", "gather").out == "Nothing more sounds alike.\n"


def test_on_a_terminal_one_after_the_other_is_asked_about(mined: Care) -> None:
    mined.ok("log", "mia", "--kind", "chosen", "--trigger", "somebody picks up the phone")
    with mined.terminal("gold", "gather") as terminal:
        terminal.until("[r]ename")
        terminal.key("r")
        terminal.until("Its title")
        terminal.type("Quick answers")
        terminal.until("2 of 2")
        terminal.until("[q]uit")
        terminal.key("y")
        text = terminal.to_the_end()
    assert "Gathered into 2 veins" in text
    found = mined.ok("gold", "--json").json
    assert [(one["title"], one["customers"]) for one in found["veins"]] == [
        ("Quick answers", 3), ("you pick up the phone", 2)
    ]  # fmt: skip
    assert len(mined.ok("undo", "--list", "--json").json["changes"]) > 1
    mined.ok("undo")  # both are one change
    assert mined.ok("gold", "--json").json["veins"] == []


def test_a_no_gathers_nothing_and_who_breaks_off_keeps_what_was_agreed(mined: Care) -> None:
    with mined.terminal("gold", "gather") as terminal:
        terminal.until("[q]uit")
        terminal.key("n")
        assert "Nothing was gathered" in terminal.to_the_end()
    mined.ok("log", "mia", "--kind", "chosen", "--trigger", "somebody picks up the phone")
    with mined.terminal("gold", "gather") as terminal:
        terminal.until("[q]uit")
        terminal.key("y")
        terminal.until("2 of 2")
        terminal.until("[q]uit")
        terminal.key("\x03")
        terminal.to_the_end(130)
    assert [one["customers"] for one in mined.ok("gold", "--json").json["veins"]] == [3]


def test_screens_fit_and_wrong_words_are_said(mined: Care) -> None:
    mined.ok("gold", "gather", "w1", "w2", "--title", "Answers " * 30)
    mined.ok("gold", "gather", "t3")
    mined.ok("gold", "promise", "g2", "A person picks up the phone whenever you call us in the daytime")
    for width in (60, 80, 120):
        for words in (["gold"], ["gold", "show", "g2"], ["report", "gold"], ["report"], ["gold", "show", "1"]):
            assert too_wide(mined.shown(*words, width=width), width) == [], (words, width)
    assert "and 9 more" not in bare(mined.shown("gold"))
    mined("gold", "gather", "w4", "t3").refused(2, "w4 is a wish and t3 a trigger")
    mined("gold", "gather", "w9").refused(3, "w9")
    mined("gold", "gather", "--title", "x").refused(2, "which passages")
    mined("gold", "gather", "w4", "--title", "x", "--into", "g1").refused(2, "one of the two")
    mined("gold", "show", "tea").refused(3, "tea", "care gold")
    mined("gold", "loosen", "w4").refused(2, "w4 is in no vein")
    mined("gold", "promise", "g1", " ").refused(2, "one sentence")
    mined("gold", "issue", "g1", "--join", "i1", "--failure").refused(2, "--join")
    mined("report", "golf").refused(2, "Did you mean gold?")


def test_every_step_says_so_in_json(mined: Care) -> None:
    vein = {
        "id", "ref", "title", "kind", "state", "customers", "said", "opened_on", "age_days", "settled_on", "issue",
        "promise", "question", "asked", "passages",
    }  # fmt: skip
    for words in (
        ["gather", "w1", "w2"], ["gather", "w4", "--into", "g1"], ["rename", "g1", "Quick"], ["show", "g1"],
        ["promise", "g1", "We answer"], ["drop", "g1"], ["issue", "g1", "--title", "Slow"],
    ):  # fmt: skip
        assert set(mined.ok("gold", *words, "--json").json) == vein, words
    mined.ok("gold", "gather", "w5")
    assert set(mined.ok("gold", "loosen", "w5", "--json").json) == {"loose", "veins", "gone"}
    whole = mined.ok("gold", "--json").json
    assert (set(whole), set(whole["veins"][0])) == ({"veins", "loose", "total"}, vein - {"passages"})
    assert [one["ref"] for one in mined.ok("gold", "--limit", "1", "--json").json["loose"]] == ["w5"]
