"""What is asked on a terminal and never off one, and where there is colour."""

import re

from running import SGR, Care, write_csv

COLOUR = re.compile(r"\x1b\[(?:[0-9;]*;)?(?:[34][0-8]|9[0-7]|10[0-7])[;m]")


def test_init_asks(care: Care) -> None:
    with care.terminal("init") as terminal:
        for question, answer in (
            ("Your name [Ann]", ""),
            ("Your company", "Fjord Books"),
            ("Your country", "Norwegia"),
            ("Your country", "Norway"),
            ("The others", "Bo, Cy"),
            ("Your time zone", "Europe/Oslo"),
            ("Talks a week [3]", "5"),
        ):
            terminal.until(question)
            terminal.type(answer)
        text = terminal.to_the_end()
    assert "Does a colleague keep a store already?" in text
    assert "country cannot be “Norwegia”" in text
    settings = {one["key"]: one["value"] for one in care.ok("config", "--json").json["settings"]}
    assert [settings[key] for key in ("company", "country", "team", "callers", "timezone", "calls_per_week")] == [
        "Fjord Books", "NO", ["Ann", "Bo", "Cy"], ["Ann"], "Europe/Oslo", 5
    ]  # fmt: skip


def test_init_broken_off_makes_nothing(care: Care) -> None:
    with care.terminal("init") as terminal:
        terminal.until("Your name")
        terminal.type("")
        terminal.until("Your company")
        terminal.key("\x03")
        terminal.to_the_end(130)
    assert list(care.folder.iterdir()) == []


def test_too_many_are_a_numbered_choice(filled: Care) -> None:
    with filled.terminal("brief", "home.example") as terminal:
        terminal.to_the_end(3)
    with filled.terminal("brief", "n") as terminal:
        terminal.until("Which one?")
        terminal.type("9")
        terminal.until("A number from 1 to 2")
        terminal.until("Which one?")
        terminal.type("2")
        text = terminal.to_the_end()
    assert "[1]  1 Kari Nordmann, Fjord AS" in text
    assert "[2]  12 Nils Vik" in text
    assert "no phone" in text
    with filled.terminal("brief", "n") as terminal:
        terminal.until("Which one?")
        terminal.key("\x04")
        terminal.to_the_end(130)


def test_nothing_is_asked_where_json_is_wanted(filled: Care) -> None:
    with filled.terminal("brief", "n", "--json") as terminal:
        assert "more than one customer" in terminal.to_the_end(3)
    with filled.terminal("log", "--json") as terminal:
        assert "nothing was said of the call" in terminal.to_the_end(2)


def test_colour_only_on_a_terminal(talked: Care) -> None:
    for words in (["plan"], ["report"], ["customers"]):
        assert COLOUR.search(talked.shown(*words)), words
        done = talked.ok(*words, env={"TERM": "xterm-256color"})
        assert "\x1b" not in done.out + done.err, words
    plain = talked.shown("plan", env={"NO_COLOR": "1"})
    assert not COLOUR.search(plain)
    assert SGR.sub("", plain) == SGR.sub("", talked.shown("plan"))
    assert "\x1b" not in talked.shown("plan", "--json").replace("\r", "")


def test_a_page_on_a_terminal_and_everything_in_a_pipe(filled: Care) -> None:
    write_csv(filled.folder / "more.csv", ["Name,Phone", *(f"Extra {n},+47 900 01 0{n:02}" for n in range(12))])
    filled.ok("customers", "import", "more.csv")
    shown = filled.shown("customers")
    assert shown.count("Extra") == 8
    assert "20 of 24. More with --limit, or pipe it." in shown
    assert filled.ok("customers").out.count("Extra") == 12
    assert filled.shown("customers", "--limit", "24").count("Extra") == 12
