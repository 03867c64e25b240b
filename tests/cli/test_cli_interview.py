"""``care log`` on a terminal: notes while they talk, sorted by one key each, and nothing lost when it breaks off."""

import pytest
from running import Care, Terminal, bare

NOTES = "jumps"
SORTING = "one key each"


def begin(terminal: Terminal) -> None:
    """They picked up."""
    terminal.until("rong number")
    terminal.key("r")
    terminal.until(NOTES)
    terminal.until("> ")


def note(terminal: Terminal, line: str) -> None:
    """One line of notes, and the prompt for the next."""
    terminal.type(line)
    terminal.until("\n")
    terminal.until("> ")


def press(terminal: Terminal, question: str, key: str) -> None:
    """One key when that is asked."""
    terminal.until(question)
    terminal.key(key)


def sort_nothing(terminal: Terminal, *readings: str) -> None:
    """Enter at every question; the readings are asked for first."""
    for key in readings:
        press(terminal, f"{key} [g]ood", "\r")
    press(terminal, "[c]ritic", "\r")
    press(terminal, "I sold", "\r")
    press(terminal, "I defended us", "\r")
    terminal.until("Call again?")
    terminal.type("")


def said(care: Care, who: str) -> dict[str, str]:
    """What they answered, by question."""
    return {one["key"]: one["words"] for one in care.ok("brief", who, "--json").json["said"]}


def test_a_whole_interview(talked: Care) -> None:
    with talked.terminal("log", "ola") as terminal:
        terminal.until("Ola Hansen")
        begin(terminal)
        note(terminal, "you do, except the bill")
        note(terminal, "?")
        note(terminal, "quote: I have stopped opening the invoice")
        note(terminal, "4")
        note(terminal, "cannot find bookkeepers")
        note(terminal, "issue: Invoices late")
        note(terminal, "promise: Send the price list")
        note(terminal, "wish: answer within a day")
        note(terminal, "remember: His boat")
        terminal.type(".")
        terminal.until(SORTING)
        press(terminal, "promises [g]ood", "m")
        press(terminal, "same as i2 Invoices wrong?", "n")
        press(terminal, "told that it is fixed?", "p")
        press(terminal, "[c]ritic", "n")
        press(terminal, "I sold", "n")
        press(terminal, "I defended us", "y")
        terminal.until("by when?")
        terminal.type("friday")
        terminal.until("Call again?")
        terminal.type("in 2 weeks")
        text = terminal.to_the_end()
    assert "When did we last let you down?" in text
    assert text.count("4 challenges") == 1
    brief = talked.ok("brief", "ola", "--json").json
    words = {one["key"]: (one["words"], one["reading"]) for one in brief["said"]}
    assert words == {
        "promises": ("you do, except the bill\n“I have stopped opening the invoice”", "mixed"),
        "challenges": ("cannot find bookkeepers", None),
    }
    assert brief["remember"] == "His boat"
    assert [(one["what"], one["due_on"]) for one in brief["promises"]] == [("Send the price list", "2026-11-27")]
    assert [(one["id"], one["title"]) for one in brief["issues"]] == [(3, "Invoices late")]
    assert brief["tell"] == []
    assert brief["customer"]["stance"] == "neutral"
    assert brief["call"]["week"] == "2026-W50"
    ola = talked.ok("issues", "show", "i1", "--json").json["raised_by"][1]
    assert (ola["name"], ola["told"], ola["reaction"]) == ("Ola Hansen", True, "pleased")
    assert not list(talked.folder.glob(".care.db.draft*"))


def test_nobody_answers_is_one_key(talked: Care) -> None:
    with talked.terminal("log", "mia") as terminal:
        press(terminal, "rong number", "n")
        text = bare(terminal.to_the_end())
    assert "Mia Berg: no answer" in text
    assert "> " not in text


def test_a_blank_line_goes_on_and_the_last_one_ends(filled: Care) -> None:
    with filled.terminal("log", "mia") as terminal:
        begin(terminal)
        note(terminal, "always")
        for _ in range(4):
            note(terminal, "")
        note(terminal, "a garden")
        note(terminal, "9")
        assert "The questions are 1 to 6." in terminal.seen
        note(terminal, "")
        terminal.type("")
        terminal.until(SORTING)
        sort_nothing(terminal, "promises")
        terminal.to_the_end()
    assert said(filled, "mia") == {"promises": "always", "life": "a garden"}


@pytest.mark.parametrize("how", ["ctrl-c", "ctrl-d", "kill"])
def test_what_was_typed_survives(filled: Care, how: str) -> None:
    with filled.terminal("log", "mia") as terminal:
        begin(terminal)
        note(terminal, "the first thing")
        note(terminal, "wish: the second thing")
        if how == "kill":
            terminal.child.kill(9)
            terminal.child.wait()
        else:
            terminal.key("\x03" if how == "ctrl-c" else "\x04")
            terminal.to_the_end(130)
    assert said(filled, "mia") == {}
    filled.ok("brief", "liv")  # care log would else mean the customer briefed last
    with filled.terminal("log") as terminal:
        terminal.until("unfinished notes on Mia Berg, 2 lines")
        terminal.until("[Y/n]")
        terminal.type("")
        terminal.until("so far: the first thing")
        terminal.until("> ")
        note(terminal, "the third thing")
        terminal.type(".")
        terminal.until(SORTING)
        sort_nothing(terminal, "promises")
        text = terminal.to_the_end()
    assert "“the second thing”" in text
    assert said(filled, "mia") == {"promises": "the first thing\nthe third thing"}
    assert not list(filled.folder.glob(".care.db.draft*"))


def test_unfinished_notes_on_one_customer_outlive_a_talk_with_another(filled: Care) -> None:
    with filled.terminal("log", "mia") as terminal:
        begin(terminal)
        note(terminal, "about Mia")
        terminal.key("\x03")
        terminal.to_the_end(130)
    with filled.terminal("log", "liv") as terminal:
        begin(terminal)
        note(terminal, "about Liv")
        terminal.type(".")
        terminal.until(SORTING)
        sort_nothing(terminal, "promises")
        terminal.to_the_end()
    with filled.terminal("log", "mia") as terminal:
        terminal.until("unfinished notes on Mia Berg, 1 line.")
        terminal.until("[Y/n]")
        terminal.type("n")
        terminal.until("Throw away 1 line for good?")
        terminal.type("")
        terminal.to_the_end(130)
    with filled.terminal("log", "mia") as terminal:
        terminal.until("unfinished notes on Mia Berg, 1 line.")
        terminal.until("[Y/n]")
        terminal.type("n")
        terminal.until("for good?")
        terminal.type("y")
        begin(terminal)
        terminal.key("\x03")
        terminal.to_the_end(130)
    assert said(filled, "liv") == {"promises": "about Liv"}
    assert not list(filled.folder.glob(".care.db.draft*"))


@pytest.mark.parametrize("term", ["xterm-256color", "dumb"])
def test_a_pasted_page_answers_nothing_it_was_not_pasted_to(filled: Care, term: str) -> None:
    lines = [f"line {n} of a long page, which somebody wrote earlier" for n in range(1, 121)]
    with filled.terminal("log", "mia", env={"TERM": term}) as terminal:
        begin(terminal)
        terminal.key("\r".join([*lines, ".", *"y" * 40]))
        terminal.until(SORTING)
        press(terminal, "promises [g]ood", "g")
        press(terminal, "[c]ritic", "f")
        press(terminal, "I sold", "n")
        press(terminal, "I defended us", "n")
        terminal.until("Call again?")
        terminal.type("")
        terminal.to_the_end()
    brief = filled.ok("brief", "mia", "--json").json
    (promises,) = brief["said"]
    assert promises["words"].splitlines() == lines
    assert (promises["reading"], brief["customer"]["stance"]) == ("good", "fan")
