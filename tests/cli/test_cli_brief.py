"""The brief: one screen before dialling, at any size of it."""

import re

import pytest
from making import made_once
from running import Care, bare, too_wide

LONG = "I wait on the phone for a quarter of an hour each time, and then whoever picks up has never heard of me. " * 3
LAST = "2026-03-14T09:00:00+01:00"


@made_once
def full(filled: Care) -> Care:
    """Kari has a thread, something to be told of, a promise we broke, was sold to, and has a colleague, Ola."""
    filled.ok("customers", "edit", "ola", "--company", "Fjord AS")
    filled.ok("log", "kari", "--answer", "promises=Mostly. The export, no.", "--reading", "promises=mixed",
              "--answer", f"ease={LONG}", "--reading", "ease=bad", "--answer", f"challenges={LONG}",
              "--answer", f"life={LONG}", "--reading", "problems=good", "--issue", "Export drops columns",
              "--promise", "Send the VAT guide by 2026-03-30", "--remember", "My daughter has her exam in May.",
              "--stance", "neutral", now=LAST)  # fmt: skip
    filled.ok("log", "ola", "--answer", "promises=Yes", now="2026-11-11T09:00:00+01:00")
    filled.ok("issues", "fix", "i1", "--note", "It keeps every column")
    filled.ok("touch", "kari", "sell", "a parcel")
    filled.ok("touch", "kari", "sell", "another")
    return filled


def screen(care: Care, who: str, width: int, height: int) -> list[str]:
    """What stands on a terminal of that size once the command is done."""
    with care.terminal("brief", who, width=width, height=height) as terminal:
        text = bare(terminal.to_the_end())
    return text.splitlines()


@pytest.mark.parametrize(("width", "height"), [(80, 24), (80, 50), (120, 24), (60, 40)])
def test_one_screen_with_all_that_is_worth_knowing(full: Care, width: int, height: int) -> None:
    lines = screen(full, "kari", width, height)
    assert len(lines) < height, lines  # the prompt of the shell needs a line
    assert too_wide("\n".join(lines), width) == []
    text = re.sub(r"\s+", " ", "\n".join(lines))
    words = (
        "Kari Nordmann, Fjord AS", "+47 22 12 34 56", "Last heard 8 months ago, by Ann. Neutral.",
        "WE PROMISED p1 Send the VAT guide by 30 March. BROKEN, 238 days.", "REMEMBER", "exam in May",
        "TELL TODAY i1 Export drops columns, fixed 23 Nov.", "Their words on 14 March 2026",
        "SINCE THEN 2 contacts, both to sell. Begin by listening.",
        "COLLEAGUE Ola Hansen talked with Ann 12 days ago (c2)", "DATES birthday in 3 days, 26 November",
        "last time, 14 Mar", "“Mostly. The export, no.” mixed", "3 ease", "bad", "They owe us nothing.",
    )  # fmt: skip
    found = [text.find(one) for one in words]
    assert found == sorted(found) and -1 not in found, list(zip(words, found, strict=True))
    assert "good" in text  # a reading without words
    assert "SAY" not in text


def test_what_they_said_is_cut_only_where_the_screen_is_small(full: Care) -> None:
    small = "\n".join(screen(full, "kari", 80, 24))
    tall = "\n".join(screen(full, "kari", 80, 70))
    assert "…" in small
    assert "…" not in tall
    whole = " ".join(LONG.split())
    piped = full.ok("brief", "kari").out
    assert piped.count(whole) == 3
    assert "…" not in piped


def test_the_questions_stand_beside_what_they_said(full: Care) -> None:
    lines = screen(full, "kari", 80, 70)
    (head,) = [line for line in lines if line.startswith("ASK")]
    (first,) = [line for line in lines if line.startswith("1 promises")]
    assert head.index("last time") == first.index("“Mostly") > first.index("How well")
    narrow = screen(full, "kari", 60, 70)
    at = next(place for place, line in enumerate(narrow) if line.startswith("1 promises"))
    assert narrow[at + 1].strip().startswith("“Mostly. The export, no.”  mixed")


def test_the_very_first_brief_has_the_opening(full: Care) -> None:
    text = re.sub(r"\s+", " ", full.ok("brief", "mia").out)
    assert "Never heard yet." in text
    assert "SAY “Good morning, this is Ann from Fjord Books." in text
    assert "last time" not in text
    assert "When did we last let you down?" in text


def test_who_is_not_to_be_called_and_who_left(full: Care) -> None:
    full.ok("customers", "left", "kari", "--reason", "moved abroad")
    assert "Former customer." in full.ok("brief", "kari").out
    full.ok("customers", "edit", "mia", "--status", "prospect")
    assert "Not a customer yet." in full.ok("brief", "mia").out
    full.ok("customers", "do-not-call", "jon", "--reason", "asked us in a letter")
    brief = full.ok("brief", "jon")
    assert "Do not call: asked us in a letter" in brief.out
    assert full.ok("brief", "jon", "--json").json["customer"]["do_not_call"] == "asked us in a letter"
    full.ok("customers", "pause", "per", "--until", "2027-02-01")
    assert "Not to be called before 1 February 2027." in full.ok("brief", "per").out
    assert "Not to be called" not in full.ok("brief", "per", now="2027-02-01T09:00:00+01:00").out


@pytest.mark.parametrize(("times", "words"), [(1, "1 contact, and that to sell."), (3, "3 contacts, all to sell.")])
def test_only_sold_to(filled: Care, times: int, words: str) -> None:
    for _ in range(times):
        filled.ok("touch", "mia", "sell")
    assert f"SO FAR       {words} Begin by listening." in filled.ok("brief", "mia").out
    filled.ok("touch", "mia", "thank")
    assert f"{times} to sell, 1 to thank." in filled.ok("brief", "mia").out


def test_a_colleague_is_news_for_a_month(full: Care) -> None:
    def colleagues(now: str) -> list[tuple[str, str, str]]:
        found = full.ok("brief", "kari", "--json", now=now).json["colleagues"]
        return [(one["name"], one["on"], one["caller"]) for one in found]

    assert colleagues("2026-12-10T09:00:00+01:00") == [("Ola Hansen", "2026-11-11", "Ann")]
    assert colleagues("2026-12-12T09:00:00+01:00") == []
    assert full.ok("brief", "ola", "--json").json["colleagues"] == []  # Kari was called in March
    assert full.ok("brief", "mia", "--json").json["colleagues"] == []  # no company is no company in common
    for day in (20, 21, 22):
        now = f"2026-11-{day}T09:00:00+01:00"
        full.ok("customers", "add", f"Colleague {day}", "--company", "FJORD as", "--phone", f"+47 90 00 00 {day}")
        full.ok("log", f"colleague {day}", "--answer", "life=fine", now=now)
    assert [name for name, _, _ in colleagues("2026-11-23T09:00:00+01:00")] == [
        "Colleague 22", "Colleague 21", "Colleague 20", "Ola Hansen",
    ]  # fmt: skip
    assert "Colleague 21 talked with Ann 2 days ago (c4), and 2 more" in full.ok("brief", "kari").out
