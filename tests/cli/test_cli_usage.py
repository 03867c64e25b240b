"""Wrong usage, nobody or too many found, and files that cannot be taken: one line each, and what to do."""

import json

import pytest
from running import Care, write_csv

USAGE = {
    ("brief", ""): ("WHO is empty",),
    ("pln",): ("no such command 'pln'", "Did you mean 'plan'?"),
    ("plan", "skp"): ("Did you mean 'skip'?",),
    ("import", "x.csv"): ("no such command 'import'", "Did you mean 'care customers import'?"),
    ("help",): ("Did you mean 'care --help'?",),
    ("plan", "--wek", "this"): ("no such option: --wek", "Did you mean --week?"),
    ("plan", "skip", "c1"): ("--reason", "care plan skip --help"),
    ("plan", "--week", "2026-W99"): ("2026 ends with week 53",),
    ("plan", "--calls", "0"): ("--calls",),
    ("plan", "--week", "2026-W52"): ("too far ahead", "2026-W49"),
    ("log",): ("nothing was said of the call",),
    ("log", "kari", "-o", "q"): ("“q”", "r (reached)"),
    ("log", "kari", "--answer", "eese=x"): ("Did you mean ease?",),
    ("log", "kari", "--reading", "ease=great"): ("great",),
    ("log", "kari", "--reading", "life=good"): ("takes no reading",),
    ("log", "kari", "-o", "n", "--answer", "ease=x"): ("needs a talk", "no-answer"),
    ("log", "kari", "--promise", "Send it"): ("Send it",),
    ("log", "kari", "--answer", "ease=x", "--at", "01/02/2026"): ("“01/02/2026”",),
    ("log", "kari", "--answer", "ease=x", "--at", "tomorrow"): ("24 November 2026 is still to come",),
    ("touch", "kari", "sing"): ("'sing' is not one of", "'thank'"),
    ("touch", "kari", "listen"): ("care log WHO",),
    ("report", "practise"): ("Did you mean practice?",),
    ("report", "--since", "today", "--until", "yesterday"): ("cannot end",),
    ("config", "set", "calls_per_weak", "3"): ("Did you mean calls_per_week?",),
    ("config", "set", "calls_per_week", "many"): ("“many”", "a number from 1 to 500"),
    ("config", "set", "timezone", "Europe/Olso"): ("Europe/Olso", "Europe/Oslo"),
    ("owed", "done", "x"): ("p3",),
    ("owed", "done", "i2"): ("care issues tell i2 WHO",),
    ("customers", "import", "-"): ("read twice",),
    ("customers", "pause", "kari", "--until", "yesterday"): ("not to come",),
    ("customers", "add", " "): ("needs a name",),
    ("customers", "edit", "kari"): ("nothing to change",),
    ("customers", "back", "kari"): ("Nothing to bring back",),
}

NOT_FOUND = {
    ("brief", "Zed"): ("“Zed”", "care customers add"),
    ("brief", "n"): ("more than one customer", "1 Kari Nordmann, Fjord AS", "12 Nils Vik"),
    ("log", "home.example", "-o", "n"): ("home.example",),
    ("touch", "99", "thank"): ("99",),
    ("issues", "show", "i9"): ("“i9”", "care issues lists them"),
    ("owed", "done", "p9"): ("p9",),
    ("plan", "skip", "c999", "--reason", "x"): ("c999",),
}


@pytest.mark.parametrize("words", USAGE, ids=" ".join)
def test_wrong_usage(filled: Care, words: tuple[str, ...]) -> None:
    filled(*words).refused(2, *USAGE[words])


@pytest.mark.parametrize("words", NOT_FOUND, ids=" ".join)
def test_not_found(filled: Care, words: tuple[str, ...]) -> None:
    filled(*words).refused(3, *NOT_FOUND[words])


def test_who_is_an_id_an_address_a_number_or_part_of_a_name(filled: Care) -> None:
    for said in ("3", "ANNA@sjo.example", "+46 8 123 456 78", "lindqvist", "sjo", "SJÖ"):
        assert filled.ok("brief", said, "--json").json["customer"]["id"] == 3, said
    filled.ok("plan", "add", "nils")
    assert filled.ok("brief", "ni", "--json").json["customer"]["id"] == 12  # this week's calls come first


def test_bad_files(filled: Care) -> None:
    before = filled.ok("customers", "--json").json
    folder = filled.folder
    (folder / "empty.csv").touch()
    (folder / "nul.csv").write_bytes(b"Name,Phone\nA\0b,1\n")
    (folder / "blob.csv").write_bytes(bytes(range(256)) * 20)
    write_csv(folder / "head.csv", ["Colour,Size", "red,5"])
    for name, why in (
        ("none.csv", "there is no file none.csv"),
        ("empty.csv", "empty"),
        ("nul.csv", "line 2"),
        ("blob.csv", "blob.csv"),
        ("head.csv", "head.csv"),
        (".", "folder"),
    ):
        filled("customers", "import", name).refused(4, why)
    (folder / "care.toml").write_text("caller = ")
    filled("plan").refused(4, "care.toml")
    (folder / "care.toml").unlink()
    assert filled.ok("customers", "--json").json == before


def test_store_and_json_stand_anywhere(filled: Care) -> None:
    other = str(filled.store)
    lost: dict[str, str | None] = {"CARE_STORE": None}
    for words in (
        ("--store", other, "--json", "customers", "show", "kari"),
        ("customers", "--store", other, "--json", "show", "kari"),
        ("customers", "show", "kari", "--json", "--store", other),
        ("--json", "customers", "--store", other, "show", "kari"),
    ):
        assert filled.ok(*words, env=lost).json["name"] == "Kari Nordmann", words
    filled("--store", "none.db", "plan", "--store", "neither.db").refused(5, "neither.db")


def test_ambiguous_off_a_terminal_names_a_number_that_works(filled: Care) -> None:
    said = filled("log", "n", "-o", "n").refused(3, "12 Nils Vik", "Say which, by its number")
    assert "13" not in said
    assert json.loads(filled.ok("log", "12", "-o", "n", "--json").out)["call"]["customer"]["name"] == "Nils Vik"


def test_aliases(talked: Care) -> None:
    assert talked.ok("issue", "show", "i1", "--json").json["id"] == 1
    assert talked.ok("customer", "show", "kari", "--json").json["id"] == 1


@pytest.mark.parametrize("said", ["yesterday", "2026-11-23T09:00:00", "2026-13-01T00:00:00+01:00"])
def test_a_clock_that_cannot_be_read(filled: Care, said: str) -> None:
    filled("plan", now=said).refused(2, "CARE_NOW", said)
