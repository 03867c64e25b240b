"""Importing through the real program: what is remembered of a layout, and the file taken last."""

import json

from running import Care, write_csv

FIRST = ["Wer;Rufnummer;Stand;Notiz", "Kari Nordmann;22 12 34 56;gekauft;hell", "Ulf Ek;955 00 111;offen;"]
MAPS = (
    "--map",
    "Wer=name",
    "--map",
    "Rufnummer=phone",
    "--map",
    "Stand:gekauft=active",
    "--map",
    "Stand:offen=prospect",
)


def test_what_was_said_of_columns_and_values_holds_for_the_next_file_of_that_layout(filled: Care) -> None:
    first = write_csv(filled.folder / "first.csv", FIRST)
    done = filled.ok("customers", "import", str(first), *MAPS, "--json").json
    assert (done["added"], done["updated"], done["unchanged"]) == (1, 1, 0)  # Kari was there already
    second = write_csv(filled.folder / "second.csv", [FIRST[0], "Mia Moe;933 33 333;offen;x"])
    done = filled.ok("customers", "import", str(second), "--json").json
    assert done["added"] == 1
    assert {one["column"]: one["field"] for one in done["columns"]} == {
        "Wer": "name", "Rufnummer": "phone", "Stand": "status", "Notiz": None,
    }  # fmt: skip
    assert done["notices"] == ["Rufnummer, Stand and Wer read as you said before; another --map changes that."]
    [mia] = [one for one in filled.ok("customers", "--json").json["customers"] if one["name"] == "Mia Moe"]
    assert (mia["phone"], mia["status"]) == ("+4793333333", "prospect")


def test_another_map_changes_what_was_said(filled: Care) -> None:
    first = write_csv(filled.folder / "first.csv", FIRST)
    filled.ok("customers", "import", str(first), *MAPS)
    filled.ok("customers", "import", str(first), "--map", "Stand:offen=active")
    [ulf] = [one for one in filled.ok("customers", "--json").json["customers"] if one["name"] == "Ulf Ek"]
    assert ulf["status"] == "active"
    done = filled.ok("customers", "import", str(first), "--json").json
    assert (done["updated"], done["unchanged"]) == (0, 2)


def test_a_column_that_is_gone_is_no_reason_to_refuse(filled: Care) -> None:
    """The layout of a tool is known by a few of its headers; the others come and go."""
    headers = "Record ID,First Name,Last Name,Company Name,Lifecycle Stage,Create Date"
    first = write_csv(filled.folder / "hub.csv", [f"{headers},Ring,Mood", "1,Eli,Os,Os AS,customer,,95555555,good"])
    done = filled.ok("customers", "import", str(first), "--map", "Ring=phone", "--map", "Mood=segment", "--json").json
    assert (done["layout"], done["added"]) == ("HubSpot", 1)
    later = write_csv(filled.folder / "hub2.csv", [f"{headers},Ring", "2,Ada,Ek,Ek AS,customer,,95555556"])
    done = filled.ok("customers", "import", str(later), "--json").json
    assert done["notices"] == ["Ring read as you said before; another --map changes that."]
    assert filled.ok("customers", "show", "Ada Ek", "--json").json["contacts"][0]["value"] == "+4795555556"


def test_without_a_file_the_last_one_is_taken_once_more_as_it_was_read(care: Care) -> None:
    care.ok("init", "--country", "NO", "--company", "F", "--caller", "Ann")
    care("customers", "import").refused(2, "nothing was imported yet", "care customers import FILE")
    rows = ["Name,Phone,Birthday", "Kari,22123456,01/02/1980"]
    file = write_csv(care.folder / "kari.csv", rows, "utf-16")
    care.ok("customers", "import", str(file), "--dates", "day-first", "--status", "prospect", "--encoding", "utf-16")
    write_csv(file, [*rows, "Ola,22123457,03/04/1981"], "utf-16")
    done = care.ok("customers", "import", "--json").json
    assert (done["file"], done["added"], done["unchanged"]) == ("kari.csv", 1, 1)
    ola = care.ok("customers", "show", "Ola", "--json").json
    assert (ola["birthday"], ola["status"]) == ("1981-04-03", "prospect")
    file.unlink()
    care("customers", "import").refused(4, "kari.csv")


def test_a_rehearsal_remembers_nothing(filled: Care) -> None:
    first = write_csv(filled.folder / "first.csv", FIRST)
    done = filled.ok("customers", "import", str(first), *MAPS, "--dry-run", "--json").json
    assert (done["batch"], done["added"], done["sample"]) == (None, 1, ["Ulf Ek"])
    done = filled.ok("customers", "import", str(first), "--dry-run", "--json").json
    assert {one["column"]: one["field"] for one in done["columns"]}["Wer"] is None


def test_the_summary_says_how_many_look_like_one_person(filled: Care) -> None:
    file = write_csv(filled.folder / "b.csv", ["Name,Company,Phone", "K. Nordmann,Fjord,95555551"])
    assert filled.ok("customers", "import", str(file), "--json").json["duplicates"] == 1
    filled.ok("plan")
    assert "2 customers may be one person, with two chances: care customers duplicates" in filled.ok("plan").out
    found = filled.ok("customers", "duplicates", "--json").json
    assert found["total"] == 1
    [pair] = found["pairs"]
    assert (pair["one"]["name"], pair["other"]["name"], pair["reasons"]) == ("Kari Nordmann", "K. Nordmann", ["name"])
    merged = filled.ok("customers", "merge", str(pair["other"]["id"]), str(pair["one"]["id"]), "--json").json
    assert merged["kept"]["name"] == "Kari Nordmann"
    assert filled.ok("plan", "--json").json["doubles"] == 0
    filled.ok("undo")
    assert filled.ok("plan", "--json").json["doubles"] == 1
    done = filled.ok("customers", "apart", "kari nordmann", str(pair["other"]["id"]), "--json")
    assert json.loads(done.out)["total"] == 0
    assert "No two customers look like one person" in filled.ok("customers", "duplicates").out


def test_a_merge_of_two_with_open_calls_comes_apart_again(filled: Care) -> None:
    calls = filled.ok("plan", "--json").json["calls"]
    one, other = (str(call["customer"]["id"]) for call in calls[:2])
    filled.ok("customers", "merge", one, other)
    assert [call["state"] for call in filled.ok("plan", "--json").json["calls"]].count("planned") == 2
    filled.ok("undo")
    assert filled.ok("plan", "--json").json["calls"] == calls
    assert filled.ok("verify", "--json").json["problems"] == []
