"""Never a lost word: whatever breaks a talk off, what was typed is there, and nothing is recorded twice."""

import json
import random
import signal
import sqlite3
from pathlib import Path

import pexpect
import pytest
from forking import SOURCE
from interviewing import begin, drafts, hang_up, note, press, said, sort_nothing
from running import Care, bare
from terminals import PATIENCE, Window

from care.cli.input.keys import mended


def entries(care: Care, customer: int) -> list[str]:
    """The lines in the draft on this customer, read as a file, past care."""
    path = care.folder / f".care.db.draft-{customer}"
    events = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    assert path.stat().st_mode & 0o777 == 0o600
    return [one["line"] for one in events if one.get("line")]


def test_every_line_is_on_the_disk_before_the_next_is_asked_for(filled: Care) -> None:
    with filled.terminal("log", "mia") as terminal:
        begin(terminal)
        lines = ["the first", "wish: the second", "“the third” Ω 🙂", " 7"]
        for number, line in enumerate(lines, 1):
            note(terminal, line)
            assert entries(filled, 5) == [one.strip() for one in lines[:number]]


STEPS = [
    ("> ", "the invoices are wrong again\r"),
    ("> ", "4\r"),
    ("> ", "promise: Send the list\r"),
    ("> ", " 12\r"),
    ("> ", ".\r"),
    ("promises  [g]ood [m]ixed [b]ad  ", "m"),
    ("same as i2 Invoices wrong?  [y]es [n]ew [-] no  ", "y"),
    ("[p]leased [n]ot fixed [-] not told  ", "p"),
    ("[f]an [n]eutral [c]ritic  ", "f"),
    ("I sold [y/n]  ", "n"),
    ("I defended us [y/n]  ", "y"),
    ("by when? [in 2 weeks]: ", "friday\r"),
    ("Call again? (like “in 2 weeks”; Enter: no): ", "in 2 weeks\r"),
]


@pytest.mark.parametrize("how", ["ctrl-c", "ctrl-d", "hang-up", "kill"])
def test_broken_off_at_every_prompt_and_gone_on_with(talked: Care, how: str) -> None:
    with Window(talked) as window:
        for place, (prompt, keys) in enumerate(STEPS):
            window.run("log", "ola")
            if place:
                window.until("unfinished notes on Ola Hansen, ")
                window.until("[t]hrow them away  ")
                window.send("\r")
            else:
                window.until("[w]rong number  ")
                window.send("r")
            window.until(prompt)
            window.send(keys)
            if place == len(STEPS) - 1:
                assert window.ended() == 0
                break
            window.until(STEPS[place + 1][0])
            if how.startswith("ctrl"):
                window.send("\x03" if how == "ctrl-c" else "\x04")
                window.until("Your notes on Ola Hansen are kept. care log goes on from there.")
                assert window.ended() == 130
            else:
                window.kill(signal.SIGKILL if how == "kill" else signal.SIGHUP)
                assert window.ended() == -(9 if how == "kill" else 1)
    brief = talked.ok("brief", "ola", "--json").json
    assert {one["key"]: (one["words"], one["reading"]) for one in brief["said"]} == {
        "promises": ("the invoices are wrong again", "mixed"), "challenges": ("12", None),
    }  # fmt: skip
    assert [(one["what"], one["due_on"]) for one in brief["promises"]] == [("Send the list", "2026-11-27")]
    assert (brief["customer"]["stance"], brief["tell"], brief["call"]["week"]) == ("fan", [], "2026-W50")
    assert [(one["id"], one["words"]) for one in brief["issues"]] == [(2, "the invoices are wrong again")]
    with sqlite3.connect(talked.store) as connection:
        row = connection.execute("SELECT sold, defended FROM call WHERE customer_id = 2 AND held_at NOT NULL")
        assert row.fetchall() == [(0, 1)]
    connection.close()
    assert drafts(talked) == []


def test_before_a_word_was_noted_nothing_is_kept(filled: Care) -> None:
    for steps in (["[w]rong number"], ["[w]rong number", "> "], ["[w]rong number", "want the call?"]):
        with filled.terminal("log", "mia") as terminal:
            for step, key in zip(steps, ("l" if "want" in steps[-1] else "r", ""), strict=False):
                terminal.until(step)
                if step is not steps[-1]:
                    terminal.key(key)
            terminal.key("\x03")
            assert "Nothing was recorded." in terminal.to_the_end(130)
        assert drafts(filled) == []


def test_going_back_while_sorting_and_to_the_notes(filled: Care) -> None:
    with filled.terminal("log", "mia") as terminal:
        begin(terminal)
        note(terminal, "slow")
        hang_up(terminal)
        press(terminal, "promises  [g]ood", "g")
        press(terminal, "[c]ritic", "\x7f")
        press(terminal, "promises  [g]ood", "b")
        press(terminal, "make it an issue?", "\x1b[D")
        press(terminal, "promises  [g]ood", "<")
        terminal.until("so far: slow")
        terminal.until("> ")
        note(terminal, "wish: a ladder")
        hang_up(terminal)
        press(terminal, "promises  [g]ood", "b")
        press(terminal, "make it an issue?", "y")
        press(terminal, "[c]ritic", "c")
        press(terminal, "I sold", ".")
        terminal.to_the_end()
    brief = filled.ok("brief", "mia", "--json").json
    assert [(one["words"], one["reading"]) for one in brief["said"]] == [("slow", "bad")]
    assert [one["title"] for one in brief["issues"]] == ["slow"]
    assert brief["customer"]["stance"] == "critic"


PAGE = ["", "The first line of a page,", "", "4", ".", "?", "/life", "y", "wish: a lamp", *("y" * 40), "", "The end."]


@pytest.mark.parametrize("how", ["marked", "as if typed", "dumb"])
def test_a_pasted_page_is_one_answer(filled: Care, how: str) -> None:
    """A terminal either marks a paste, or sends it as if it were typed; blank lines in it go nowhere."""
    page = [*PAGE, *(f"line {n} of a long page, which somebody wrote earlier" for n in range(1, 121)), "THE LAST"]
    pasted = "\r".join(page)
    with filled.terminal("log", "mia", env={"TERM": "dumb" if how == "dumb" else "xterm-256color"}) as terminal:
        begin(terminal)
        terminal.key(f"\x1b[200~{pasted}\x1b[201~\r" if how == "marked" else f"{pasted}\r")
        for _ in range(len(page) + PATIENCE):  # the last line is on the disk, and its prompt is there
            quiet = terminal.child.expect(["> ", pexpect.TIMEOUT], timeout=1) == 1
            if quiet and drafts(filled) and entries(filled, 5)[-1:] == ["THE LAST"]:
                break
        hang_up(terminal)
        press(terminal, "promises  [g]ood", "g")
        press(terminal, "[c]ritic", "f\rfff\r")  # nor does a page pasted at a key press any
        for _ in range(PATIENCE):
            if terminal.child.expect_exact(["I sold", pexpect.TIMEOUT], timeout=1) == 0:
                break
            terminal.key("n")
        terminal.key("n")
        press(terminal, "I defended us", "n")
        terminal.until("Call again?")
        terminal.type("")
        terminal.to_the_end()
    brief = filled.ok("brief", "mia", "--json").json
    (promises,) = brief["said"]
    assert promises["words"].splitlines() == [line for line in page if line != "wish: a lamp"][1:]
    assert (promises["reading"], brief["customer"]["stance"]) == ("good", "neutral")


def test_a_long_line_is_not_cut(filled: Care) -> None:
    words = " ".join(f"word{n}" for n in range(900))[:6000]
    assert len(words) == 6000
    with Window(filled) as window:
        window.run("log", "mia")
        window.until("[w]rong number  ")
        window.send("r")
        window.until("> ")
        window.send(words + "\r")
        window.until(words[-8:])
        window.until("> ")
        window.kill()
        window.ended()
    assert entries(filled, 5) == [words]


def test_a_long_line_is_not_cut_where_stdout_is_a_file(filled: Care) -> None:
    words = "x" * 6000
    with (filled.folder / "out.txt").open("wb") as file, filled.terminal("log", "mia", stdout=file) as terminal:
        press(terminal, "rong number", "r")
        press(terminal, "> ", words + "\r")
        terminal.until("\n")
        press(terminal, "> ", ".\r")
        press(terminal, "[b]ad", ".")
        terminal.to_the_end()
    assert said(filled, "mia") == {"promises": words}
    written = (filled.folder / "out.txt").read_text()
    assert written.startswith("Saved c")
    assert "> " not in written


def test_a_window_that_is_pulled_about(filled: Care) -> None:
    with filled.terminal("log", "mia", width=80) as terminal:
        begin(terminal)
        terminal.key("the first half ")
        terminal.resize(20, 41)
        terminal.type("and the second")
        terminal.until("\n")
        terminal.until("> ")
        terminal.resize(24, 60)
        note(terminal, "4")
        before = len(terminal.seen)
        note(terminal, "?")
        hang_up(terminal)
        terminal.resize(24, 100)
        sort_nothing(terminal, "promises")
        terminal.to_the_end()
    shown = bare(terminal.seen[before:]).replace("\x1b[?2004h", "").replace("\x1b[?2004l", "")
    assert all(len(line.rstrip("\r")) <= 60 for line in shown.split("Talked")[0].split("> ")[0].splitlines())
    assert said(filled, "mia") == {"promises": "the first half and the second"}


def test_bytes_that_are_no_text_are_read_as_the_letters_they_were() -> None:
    typed = "Grüße aus Århus, 5 €".encode("cp1252").decode("utf-8", "surrogateescape")
    assert mended(typed) == "Grüße aus Århus, 5 €"
    assert mended("Ærlig 🙂") == "Ærlig 🙂"
    assert mended("\udc81") == "\ufffd"  # a byte that stands for nothing there either


def test_nothing_is_recorded_twice_when_it_ends_between_the_two(filled: Care, tmp_path: Path) -> None:
    """Killed as it is about to empty the draft, which is the next thing it does once the talk is recorded."""
    planted = tmp_path / "planted"
    planted.mkdir()
    (planted / "sitecustomize.py").write_text(
        "import os, sys\nsys.addaudithook(lambda event, _: os.kill(os.getpid(), 9) if event == 'os.truncate' else None)"
    )
    with filled.terminal("log", "mia", env={"PYTHONPATH": f"{planted}:{SOURCE}"}) as terminal:
        begin(terminal)
        note(terminal, "only once")
        hang_up(terminal)
        press(terminal, "promises  [g]ood", ".")
        terminal.process.wait()
    assert said(filled, "mia") == {"promises": "only once"}
    assert drafts(filled) == [".care.db.draft-5"]
    with filled.terminal("log", "mia") as terminal:  # CARE_NOW has not moved: a second talk, at the same instant
        terminal.until("What you noted last time is recorded.")
        begin(terminal)
        note(terminal, "and again")
        terminal.kill()
        terminal.process.wait()
    with filled.terminal("log", "mia") as terminal:
        press(terminal, "[t]hrow them away", "\r")
        terminal.until("> ")
        hang_up(terminal)
        press(terminal, "promises  [g]ood", ".")
        terminal.to_the_end()
    with sqlite3.connect(filled.store) as connection:
        assert connection.execute("SELECT words FROM answer ORDER BY id").fetchall() == [("only once",), ("and again",)]
    connection.close()
    assert drafts(filled) == []


def test_two_windows_do_not_write_one_draft(filled: Care) -> None:
    with filled.terminal("log", "mia") as terminal:
        begin(terminal)
        note(terminal, "mine")
        with filled.terminal("log", "mia") as other:
            assert "being taken in another window" in other.to_the_end(2)
        filled.ok("brief", "liv")
        with filled.terminal("log") as other:  # nor does it take up notes that are being taken
            other.until("Liv Haug")
            begin(other)
            note(other, "about Liv")
            other.key("\x03")
            other.to_the_end(130)
        note(terminal, "still mine")
        assert entries(filled, 5) == ["mine", "still mine"]


def test_a_talk_said_by_options_leaves_the_unfinished_notes(filled: Care) -> None:
    with filled.terminal("log", "mia", "--how", "video", "--with", "Bo", "--minutes", "25") as terminal:
        begin(terminal)
        note(terminal, "noted")
        terminal.key("\x03")
        terminal.to_the_end(130)
    filled.ok("log", "mia", "-o", "n")
    assert entries(filled, 5) == ["noted"]
    with filled.terminal("log", "mia", now="2026-11-25T12:00:00+01:00") as terminal:
        press(terminal, "[t]hrow them away", "\r")
        terminal.until("> ")
        hang_up(terminal)
        press(terminal, "promises  [g]ood", ".")
        terminal.to_the_end()
    with sqlite3.connect(filled.store) as connection:
        held = connection.execute("SELECT held_at, how, listeners, minutes FROM call WHERE held_at NOT NULL").fetchall()
    connection.close()
    assert [(one[0][:16], *one[1:]) for one in held] == [("2026-11-23 08:00", "video", "Bo", 25)]  # when it was


def test_a_torn_line_costs_itself_alone(filled: Care) -> None:
    with filled.terminal("log", "mia") as terminal:
        begin(terminal)
        note(terminal, "whole")
        terminal.kill()
        terminal.process.wait()
    path = filled.folder / ".care.db.draft-5"
    path.write_bytes(path.read_bytes() + b'{"line": "half of it, and th')
    with filled.terminal("log", "mia") as terminal:
        terminal.until("unfinished notes on Mia Berg, 1 line.")
        press(terminal, "[t]hrow them away", "\r")
        terminal.until("> ")
        note(terminal, "after")
        hang_up(terminal)
        press(terminal, "promises  [g]ood", ".")
        terminal.to_the_end()
    assert said(filled, "mia") == {"promises": "whole\nafter"}


def test_notes_follow_somebody_who_is_merged(filled: Care) -> None:
    for who, words in (("mia", "from one"), ("liv", "from the other")):
        with filled.terminal("log", who) as terminal:
            begin(terminal)
            note(terminal, words)
            terminal.key("\x03")
            terminal.to_the_end(130)
    filled.ok("customers", "merge", "mia", "liv")
    assert drafts(filled) == [".care.db.draft-11"]
    assert entries(filled, 11) == ["from the other", "from one"]


def count_keys(care: Care) -> tuple[int, int]:
    """The keys pressed for a call of five questions, one issue joined, one promise: beyond the notes, and in them."""
    beyond = typed = 0
    with Window(care) as window:

        def key(prompt: str, keys: str) -> None:
            nonlocal beyond
            window.until(prompt)
            window.send(keys)
            beyond += len(keys)

        def line(words: str) -> None:
            nonlocal typed
            window.until("> ")
            window.send(words + "\r")
            typed += len(words) + 1

        window.run("log", "per")
        key("[w]rong number  ", "r")
        line("Mostly, but the promised list never came")
        key("> ", "\r")
        line("They end well")
        line("promise: Send the list by friday")
        key("> ", "\r")
        line("Our invoices were wrong again, three times now")
        key("> ", "\r")
        line("Nobody wants to keep books any more")
        key("> ", "\r")
        line("Her daughter sails")
        key("> ", ".\r")
        for reading in ("promises", "problems", "ease"):
            key(f"{reading}  [g]ood [m]ixed [b]ad  ", "m")
        key("same as i2 Invoices wrong?  [y]es [n]ew [-] no  ", "y")
        key("[f]an [n]eutral [c]ritic  ", "n")
        key("I sold [y/n]  ", "n")
        key("I defended us [y/n]  ", "n")
        key("Call again?", "\r")
        window.until("i2 Invoices wrong: now has 2 customers")
        window.until("p2 Send the list by 27 November 2026")
        assert window.ended() == 0
    return beyond, typed


def test_the_keys_beyond_the_notes_are_few(talked: Care) -> None:
    beyond, typed = count_keys(talked)
    assert (beyond, typed > 150) == (15, True)
    assert beyond <= 20


@pytest.mark.slow
def test_a_hundred_kills_lose_nothing_and_record_nothing_twice(filled: Care) -> None:
    """Every word is one of its own. A line is confirmed once the prompt after it is there."""
    chance = random.Random(48)
    confirmed: list[str] = []
    tried: list[str] = []
    kills = saves = 0
    prompts = (
        "[w]rong number  ", "[t]hrow them away  ", "> ", "[g]ood [m]ixed [b]ad  ", "an issue?  [y]es [-] no  ",
        "[n]ew [-] no  ",
        "[c]ritic  ", "I sold [y/n]  ", "I defended us [y/n]  ", "by when? [in 2 weeks]: ", "Enter: no): ", "Saved c",
    )  # fmt: skip
    answers = ["r", "\r", "", "b", "y", "n", "f", "n", "y", "\r", "\r"]
    with Window(filled) as window:
        while kills < 100:
            window.run("log", "mia")
            left = chance.choice((0, 1, 2, 3, 5, 8, 20)) + 2
            waiting: str | None = None
            while True:
                at = window.until(*prompts)
                if waiting is not None:
                    confirmed.append(waiting)
                    waiting = None
                if prompts[at] == "Saved c":
                    saves += 1
                    assert window.ended() == 0
                    break
                keys = answers[at]
                if prompts[at] == "> ":
                    step = chance.random()
                    word = f"word{len(tried)}"
                    if step < 0.2:
                        keys = chance.choice(("\r", "3\r", "/life\r", "?\r"))
                    elif step < 0.3:
                        keys = ".\r"
                    else:
                        tried.append(word)
                        waiting = word
                        keys = chance.choice((f"{word}\r", f"wish: {word}\r", f"promise: {word} by friday\r",
                                              f"promise: {word}\r"))  # fmt: skip
                window.send(keys)
                left -= 1
                if left <= 0:
                    kills += 1
                    _wait(chance.random() * 0.04)
                    window.kill()
                    assert window.ended() in (-9, 0)
                    break
        window.run("log", "mia")
        while True:
            at = window.until(*prompts)
            if prompts[at] == "Saved c":
                assert window.ended() == 0
                break
            window.send(".\r" if prompts[at] == "> " else answers[at])
    with sqlite3.connect(filled.store) as connection:
        found = " ".join(
            words
            for query in ("SELECT words FROM answer", "SELECT words FROM gold", "SELECT what FROM promise")
            for (words,) in connection.execute(query)
            if words
        ).split()
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("SELECT count(*) FROM call WHERE held_at NOT NULL").fetchone()[0] > saves
    connection.close()
    assert [word for word in confirmed if found.count(word) != 1] == []
    assert [word for word in tried if found.count(word) > 1] == []
    assert len(confirmed) > 60
    assert {one["status"] for one in filled.ok("doctor", "--json").json["checks"]} == {"ok"}
    assert drafts(filled) == []


def _wait(seconds: float) -> None:
    import time

    time.sleep(seconds)
