"""Letting a customer go: nothing of them is left in any file, and nobody else loses anything."""

import sqlite3
from pathlib import Path

import pytest
from making import made_once
from running import PEOPLE, Care, write_csv

SAID = ("Mostly", "daughter", "within a day", "pick up the phone", "VAT guide", "Export drops")
NAMED = ("Nordmann", "kari@fjord", "22123456", "22 12 34 56", "Fjord AS")


def left_of(folder: Path, words: tuple[str, ...]) -> dict[str, list[str]]:
    """The words that stand in a file of the store's folder, read as bytes and whatever the case."""
    found = {}
    for path in folder.rglob("*"):
        if path.is_file() and path.suffix != ".csv":
            content = path.read_bytes().lower()
            here = [word for word in words if word.lower().encode() in content]
            if here:
                found[path.name] = here
    return found


@made_once
def alone(filled: Care) -> Care:
    """Kari told us much, and nobody else raised what she raised; an unfinished draft of her next talk lies beside."""
    filled.ok("plan")
    filled.ok("brief", "kari")
    filled.ok("log", "kari", "--answer", "promises=Mostly. The export, no.", "--reading", "promises=mixed",
              "--answer", "life=My daughter has her exam in May.", "--issue", "Export drops columns",
              "--promise", "Send the VAT guide by 2026-11-27", "--wish", "always answer within a day",
              "--trigger", "you pick up the phone", "--remember", "Her daughter's exam", "--with", "Bo")  # fmt: skip
    filled.ok("plan", "add", "kari")
    filled.ok("plan", "skip", "kari", "--reason", "her daughter is ill")
    filled.ok("touch", "kari", "sell", "the VAT guide")
    filled.ok("touch", "kari", "give", "a letter of many pages " * 2000)
    filled.ok("customers", "edit", "kari", "--segment", "Fjord AS and Nordmann")
    filled.ok("brief", "kari")
    (filled.folder / ".care.db.draft-1").write_text('{"customer": 1, "lines": ["> her daughter passed"]}')
    return filled


def test_no_file_holds_a_word_of_or_about_them(alone: Care) -> None:
    assert left_of(alone.folder, (*SAID, *NAMED))["care.db"] == [*SAID, *NAMED]  # the search can find them
    done = alone.ok("customers", "forget", "kari", "--yes", "--json")
    assert done.json["forgotten"]
    assert done.json["issues"] == ["i1 Export drops columns"]
    assert done.json["mentions"] == []
    assert left_of(alone.folder, (*SAID, *NAMED)) == {}
    with sqlite3.connect(alone.store) as connection:
        assert connection.execute("PRAGMA freelist_count").fetchone() == (0,)  # no page is left that held anything
    connection.close()
    assert alone("customers", "show", "kari").code == 3
    assert alone("customers", "show", "1").code == 3
    assert alone.ok("doctor", "--json").json["checks"]
    assert alone.ok("customers", "--json").json["total"] == 11


def test_the_calls_still_count_and_are_with_nobody(alone: Care) -> None:
    before = alone.ok("report", "--json").json["practice"]
    alone.ok("customers", "forget", "kari", "--yes")
    after = alone.ok("report", "--json").json
    assert after["practice"] == before
    assert after["owed"] == []


def test_they_do_not_come_back_with_the_next_import(alone: Care) -> None:
    write_csv(alone.folder / "people.csv", PEOPLE)
    alone.ok("customers", "forget", "kari", "--yes")
    again = alone.ok("customers", "import", str(alone.folder / "people.csv"), "--json").json
    assert (again["read"], again["added"], again["unchanged"], again["rejected"]) == (12, 0, 11, 1)
    assert again["rejections"] == [{"line": 2, "reason": "forgotten on 2026-11-23, and left out"}]
    # Another export that knows only the address, or only the number, brings nobody back either.
    for row in ("K. Nordmann,,kari@fjord.example,", "Kari N,,,22 12 34 56"):
        other = write_csv(alone.folder / "other.csv", ["Full name,Firm,Mail,Telephone", row])
        assert alone.ok("customers", "import", str(other), "--json").json["rejected"] == 1, row
    assert left_of(alone.folder, NAMED) == {}
    added = alone.ok("customers", "add", "Kari Nordmann", "--email", "kari@fjord.example")
    assert "had been forgotten" in added.err
    assert alone.ok("customers", "import", str(alone.folder / "people.csv"), "--json").json["rejected"] == 0


def test_words_of_others_that_hold_the_name_are_shown_and_stay(talked: Care) -> None:
    talked.ok("customers", "edit", "ola", "--remember", "Kari Nordmann is his aunt")
    gone = talked.ok("customers", "forget", "kari", "--yes", "--json").json
    assert gone["issues"] == []  # Ola raised it too
    assert gone["mentions"] == [
        {"where": "customer", "ref": "2", "words": "Kari Nordmann is his aunt"},
        {"where": "issue", "ref": "i1", "words": "Export drops columns"},
    ]
    assert left_of(talked.folder, SAID) == {"care.db": ["Export drops"]}
    shown = talked.ok("issues", "show", "i1", "--json").json
    assert [one["name"] for one in shown["raised_by"]] == ["Ola Hansen"]
    assert shown["state"] == "fixed"


def test_the_seal_of_the_draw_stays_and_its_entry_is_blank(alone: Care) -> None:
    query = "SELECT seal FROM draw", "SELECT leaf, hash FROM ledger", "SELECT leaf FROM draw_entry"
    connection = sqlite3.connect(alone.store)
    before = [connection.execute(one).fetchall() for one in query]
    who = connection.execute("SELECT uid FROM customer WHERE id = 1").fetchone()[0]
    connection.close()
    alone.ok("customers", "forget", "kari", "--yes")
    connection = sqlite3.connect(alone.store)
    after = [connection.execute(one).fetchall() for one in query]
    assert after[0] == before[0]
    assert after[1][: len(before[1])] == before[1]
    assert after[2][: len(before[2])] == before[2]
    for table in ("ledger", "draw_entry", "customer"):
        assert connection.execute(f"SELECT count(*) FROM {table} WHERE uid = ?", (who,)).fetchone() == (0,)
    connection.close()


def test_it_is_never_taken_back_nor_is_half_of_what_was_done_before(alone: Care) -> None:
    alone.ok("touch", "ola", "sell", "a boat")
    alone.ok("customers", "forget", "kari", "--yes")
    alone("undo").refused(2, "customers forget", "nothing of them is left")


def test_the_import_they_came_with_can_still_be_taken_back_but_for_the_draw(filled: Care) -> None:
    filled.ok("customers", "forget", "kari", "--yes")
    filled.ok("undo", "--import", "b1")
    assert filled.ok("customers", "--json").json["total"] == 0
    assert filled.ok("doctor").code == 0


def test_off_a_terminal_it_wants_to_be_told_twice(filled: Care) -> None:
    filled("customers", "forget", "kari").refused(2, "Kari Nordmann", "--yes")
    assert filled.ok("customers", "--json").json["total"] == 12


def test_on_a_terminal_the_name_has_to_be_typed(filled: Care) -> None:
    with filled.terminal("customers", "forget", "kari") as terminal:
        terminal.until("type the name")
        terminal.type("Karl")
        assert "that is not the name" in terminal.to_the_end(code=2)
    assert filled.ok("customers", "--json").json["total"] == 12
    with filled.terminal("customers", "forget", "kari") as terminal:
        terminal.until("would be erased")
        terminal.until("type the name")
        terminal.type("kari nordmann")
        assert "is forgotten" in terminal.to_the_end()
    assert filled.ok("customers", "--json").json["total"] == 11


def test_a_planned_call_makes_room_for_a_reserve(filled: Care) -> None:
    plan = filled.ok("plan", "--json").json
    first = plan["calls"][0]["customer"]
    filled.ok("customers", "forget", str(first["id"]), "--yes")
    after = filled.ok("plan", "--json").json
    assert len([call for call in after["calls"] if call["state"] == "planned"]) == 3
    assert first["name"] not in filled.ok("plan").out
    assert left_of(filled.folder, (first["name"],)) == {}


def test_a_row_that_knows_only_the_name_brings_nobody_back_and_a_namesake_with_a_number_comes_in(filled: Care) -> None:
    filled.ok("customers", "forget", "kari", "--yes")
    for row, rejected in (
        ("Kari Nordmann,Fjord AS,,", 1), ("Kari Nordmann,,,", 1), ("KARI NORDMANN,,,030 901820", 1),
        ("Kari Nordmann,Fjord AS,,+47 955 55 123", 0), ("Kari Nordmann,Other AS,,", 0),
    ):  # fmt: skip
        file = write_csv(filled.folder / "one.csv", ["Name,Company,Email,Phone", row])
        assert filled.ok("customers", "import", str(file), "--dry-run", "--json").json["rejected"] == rejected, row


def test_copies_that_still_hold_them_are_named(filled: Care) -> None:
    backup = filled.ok("backup", "--json").json["file"]
    aside = filled.ok("restore", backup, "--yes", "--json").json["aside"]
    gone = filled.ok("customers", "forget", "kari", "--yes", "--json").json
    assert {backup, aside} <= set(gone["beyond"])


@pytest.mark.parametrize("key", ["\x03", "\x04"])
def test_broken_off_at_the_name_it_says_that_nothing_was_done(alone: Care, key: str) -> None:
    with alone.terminal("customers", "forget", "kari") as terminal:
        terminal.until("type the name")
        terminal.key(key)
        text = terminal.to_the_end(130)
    assert [line for line in text.splitlines() if line][-1].endswith("Nothing was done.\x1b[0m")
    assert alone.ok("customers", "show", "kari", "--json").json["name"] == "Kari Nordmann"


@pytest.mark.parametrize("key", ["\x03", "n\r", "\r"])
def test_a_no_and_a_broken_off_question_say_that_nothing_was_done(talked: Care, key: str) -> None:
    copy = talked.ok("backup", "--json").json["file"]
    before = talked.store.read_bytes()
    with talked.terminal("restore", copy) as terminal:
        terminal.until("[y/N]")
        terminal.key(key)
        assert "Nothing was done." in terminal.to_the_end(130)
    assert talked.store.read_bytes() == before
