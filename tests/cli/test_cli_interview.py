"""``care log`` on a terminal: notes while they talk, sorted by one key each, and nothing lost when it breaks off."""

import pytest
from interviewing import begin, drafts, hang_up, note, press, said, sort_nothing
from running import Care, bare


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
        hang_up(terminal)
        press(terminal, "promises  [g]ood", "m")
        press(terminal, "same as i2 Invoices wrong?  [y]es [n]ew  ", "n")
        press(terminal, "told that it is fixed?", "\x1b[B")  # an arrow has no letter, whatever bytes it is made of
        terminal.key("p")
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
    assert drafts(talked) == []


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
        assert "The questions are 1 to 6: 1 promises, 2 problems" in terminal.seen
        note(terminal, "")
        terminal.type("")
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
            terminal.kill()
            terminal.process.wait()
        else:
            terminal.key("\x03" if how == "ctrl-c" else "\x04")
            terminal.to_the_end(130)
    assert said(filled, "mia") == {}
    filled.ok("brief", "liv")  # care log would else mean the customer briefed last
    with filled.terminal("log") as terminal:
        terminal.until("unfinished notes on Mia Berg, 2 lines")
        press(terminal, "[g]o on  [l]ater  [t]hrow them away", "\r")
        terminal.until("so far: the first thing")
        terminal.until("> ")
        note(terminal, "the third thing")
        hang_up(terminal)
        sort_nothing(terminal, "promises")
        text = terminal.to_the_end()
    assert "“the second thing”" in text
    assert said(filled, "mia") == {"promises": "the first thing\nthe third thing"}
    assert drafts(filled) == []


def test_unfinished_notes_on_one_customer_outlive_a_talk_with_another(filled: Care) -> None:
    with filled.terminal("log", "mia") as terminal:
        begin(terminal)
        note(terminal, "about Mia")
        terminal.key("\x03")
        terminal.to_the_end(130)
    with filled.terminal("log", "liv") as terminal:
        begin(terminal)
        note(terminal, "about Liv")
        hang_up(terminal)
        sort_nothing(terminal, "promises")
        terminal.to_the_end()
    for keys in ("l", "t\r", "tn\r"):
        with filled.terminal("log", "mia") as terminal:
            terminal.until("unfinished notes on Mia Berg, 1 line.")
            press(terminal, "[t]hrow them away", keys[0])
            if keys[0] == "t":
                press(terminal, "Throw away 1 line for good?", keys[1:])
            assert "They are kept." in terminal.to_the_end()
    with filled.terminal("log", "mia") as terminal:
        press(terminal, "[t]hrow them away", "t")
        press(terminal, "for good?", "y\r")
        begin(terminal)
        terminal.key("\x03")
        assert "Nothing was recorded." in terminal.to_the_end(130)
    assert said(filled, "liv") == {"promises": "about Liv"}
    assert drafts(filled) == []
