"""``care customers export``: everything back out, and in again, through the real program."""

import csv
import io
import json
import sqlite3
import stat
from pathlib import Path
from typing import Any

import pytest
from running import Care, bare, write_csv

SHARED = Path(__file__).resolve().parents[2] / "../shared/data"
TOOLS = ("atomic-crm", "groweasy", "shared-contacts-admin")

PEOPLE = """
    SELECT c.name, p.name, c.segment, c.status, c.country, c.zone, c.birth_day, c.birth_month,
        c.birth_year, c.joined_on, c.extra, c.phone, c.email, c.folded,
        (SELECT group_concat(kind || value || usable || rank, char(10)) FROM
            (SELECT * FROM contact WHERE customer_id = c.id ORDER BY kind, rank)),
        (SELECT group_concat(source || ':' || external_id, char(10)) FROM
            (SELECT * FROM source_id WHERE customer_id = c.id AND source <> 'care' ORDER BY source, external_id))
    FROM customer c LEFT JOIN company p ON p.id = c.company_id ORDER BY c.id
"""


def held(care: Care, query: str = PEOPLE) -> list[tuple[Any, ...]]:
    """Customers with all an export must keep, read past care."""
    connection = sqlite3.connect(care.store)
    try:
        rows = connection.execute(query).fetchall()
    finally:
        connection.close()
    return [tuple(_ordered(cell) for cell in row) for row in rows]


def _ordered(cell: Any) -> Any:
    return sorted(json.loads(cell).items()) if isinstance(cell, str) and cell.startswith("{") else cell


@pytest.fixture
def fresh(tmp_path: Path) -> Care:
    """Another company's empty store, in another country."""
    (tmp_path / "fresh").mkdir()
    care = Care(tmp_path / "fresh")
    care.ok("init", "--company", "Elsewhere", "--country", "IN", "--timezone", "Asia/Kolkata")
    return care


def comes_back(care: Care, fresh: Care) -> list[dict[str, str]]:
    """The rows of an export that changes nothing where it came from, and makes the same customers elsewhere."""
    out = care.folder / "out.csv"
    care.ok("customers", "export", "--output", str(out))
    count, before = len(held(care)), held(care)
    again = care.ok("customers", "import", str(out), "--json").json
    assert (again["layout"], again["read"], again["unchanged"]) == ("care", count, count), again
    assert held(care) == before
    first = fresh.ok("customers", "import", str(out), "--json").json
    assert (first["added"], first["rejected"], first["unreadable"]) == (count, 0, {}), first
    assert held(fresh) == before
    assert fresh.ok("customers", "import", str(out), "--json").json["unchanged"] == count
    back = fresh.folder / "back.csv"
    fresh.ok("customers", "export", "--output", str(back))
    home = care.ok("customers", "import", str(back), "--json").json
    assert (home["added"], home["rejected"], home["read"]) == (0, 0, count), home
    assert held(care) == before
    with out.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_the_exports_of_other_tools_come_back(care: Care, fresh: Care) -> None:
    files = [path for tool in TOOLS for path in sorted((SHARED / tool).rglob("*.csv"))]
    if not files:
        pytest.skip("there are no exports beside the project to read")
    care.ok("init", "--company", "Fjord", "--country", "US", "--timezone", "UTC")
    taken = [care("customers", "import", str(path)).code for path in files]
    assert taken.count(0) > 15
    assert set(taken) <= {0, 4}
    rows = comes_back(care, fresh)
    assert len(rows) > 130
    by_name = {row["name"]: row for row in rows}
    john = by_name["Name Test 2"]
    assert (john["phone"], john["phones usable"].split()[0]) == ("(333) 555-6666", "unchecked")
    assert john["external id in Google shared contacts"] == "a718d88b0dbb8"
    assert "'=SUM(A1:A10)" in by_name


def test_what_people_typed_comes_back(filled: Care, fresh: Care) -> None:
    filled.ok("customers", "add", "Null", "--company", "None", "--segment", "-")
    filled.ok("customers", "add", "Null", "--phone", "+47 400 00 009")
    filled.ok("customers", "edit", "kari", "--birthday", "29 feb", "--joined", "2021-03-01", "--country", "",
              "--zone", "", "--phone", "+47 22 12 34 56", "--phone", "555 0101", "--phone", "+46 8 123 456 78",
              "--email", "Kari@Fjord.example", "--email", "k@home.example")  # fmt: skip
    filled.ok("customers", "edit", "ola", "--name", "=cmd|' /C calc'!A0", "--company", 'Ærlig & Sønn, "A/S"')
    filled.ok("customers", "edit", "anna", "--status", "former")
    filled.ok("plan")
    filled.ok("log", "mia", "-o", "w")
    with sqlite3.connect(filled.store) as connection:
        connection.execute("UPDATE customer SET extra = ? WHERE id = 7", (json.dumps(HOSTILE),))
    connection.close()
    rows = comes_back(filled, fresh)
    kari = rows[0]
    assert (kari["birthday"], kari["joined on"], kari["country"]) == ("'--02-29", "2021-03-01", "")
    assert [kari[f"phone{n}"] for n in ("", " 2", " 3")] == ["'+4722123456", "555 0101", "'+46812345678"]
    assert (kari["phones usable"], kari["email"], kari["email 2"]) == (
        "yes unchecked yes", "Kari@Fjord.example", "k@home.example"
    )  # fmt: skip
    assert rows[1]["name"] == "'=cmd|' /C calc'!A0"
    assert {row["phones usable"] for row in rows} == {"", "no", "yes unchecked yes"}
    assert rows[6]["zip"] == "007"
    assert rows[6]["kept: phone 2"] == "not care's"


HOSTILE = {
    "zip": "007",
    "note": ' "two"\r\nlines,\tand ; more\n',
    "formula": "=1+1",
    "quoted": "'=1",
    "＝header": "＋x",
    "-": "-",
    "name": "of the dog",
    "Name": "N",
    "phone 2": "not care's",
    "care uid": "0",
    "phones usable": "perhaps",
    "kept: it": "k",
    "external id in the cellar": "e",
    "Email": "nobody at home",
    "日本": "👩‍👩‍👧 \u202e \x1b[31m",
    "a;b;c": "d|e",
}


def test_where_it_goes(filled: Care) -> None:
    done = filled.ok("customers", "export")
    rows = list(csv.DictReader(io.StringIO(done.out)))
    assert [row["name"] for row in rows][:2] == ["Kari Nordmann", "Ola Hansen"]
    assert rows[0]["phone"] == "'+4722123456"
    assert done.err == ""
    raw = list(csv.DictReader(io.StringIO(filled.ok("customers", "export", "--raw").out)))
    assert raw[0]["phone"] == "+4722123456"
    out = filled.folder / "new" / "all.csv"
    told = filled.ok("customers", "export", "--output", str(out))
    assert (told.out, told.err) == ("", f"12 customers written to {out}.\n")
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    assert out.read_bytes() == b"\xef\xbb\xbf" + done.out.replace("\n", "\r\n").encode().replace(b"\r\r", b"\r")
    summary = filled.ok("customers", "export", "--output", str(out), "--json").json
    assert summary == {"file": str(out), "format": "csv", "customers": 12}
    as_json = filled.folder / "all.json"
    assert "private words" in filled.ok("customers", "export", "--output", str(as_json)).err
    assert len(json.loads(as_json.read_text())["customers"]) == 12
    one = filled.ok("customers", "export", "--who", "kari", "--format", "csv").out
    assert [row["name"] for row in csv.DictReader(io.StringIO(one))] == ["Kari Nordmann"]


def test_what_cannot_be_meant_is_refused(filled: Care) -> None:
    refused = {
        ("--format", "csv", "--json"): ("--output",),
        ("--format", "json", "--raw"): ("--raw", "--format csv"),
        ("--format", "xml"): ("'xml'", "'csv'"),
        ("--output", str(filled.store)): ("the store itself",),
    }
    for words, said in refused.items():
        filled("customers", "export", *words).refused(2, *said)
    filled("customers", "export", "--who", "nobody").refused(3, "“nobody”")
    filled("customers", "export", "--output", str(filled.folder)).refused(4, "is a folder")
    assert held(filled)


def test_who_is_not_to_be_called_is_not_forgotten_silently(filled: Care) -> None:
    filled.ok("customers", "do-not-call", "kari", "--reason", "asked us")
    filled.ok("customers", "pause", "ola", "--until", "2027-01-01")
    err = filled.ok("customers", "export").err
    assert "1 do-not-call, 1 paused" in err
    kari, ola, *_ = filled.ok("customers", "export", "--json").json["customers"]
    assert (kari["do_not_call_reason"], kari["standing"]) == ("asked us", "do_not_call")
    assert ola["paused_until"] == "2027-01-01"


def test_a_terminal_is_not_commanded(filled: Care) -> None:
    filled.ok("customers", "edit", "kari", "--name", "Kari \x1b[31mRed")
    shown = filled.shown("customers", "export")
    assert "\x1b[31m" not in shown
    assert "Kari ␛[31mRed" in bare(shown)


def test_everything_held_on_one_customer(talked: Care) -> None:
    talked.ok("touch", "kari", "give", "a book")
    talked.ok("customers", "edit", "kari", "--company", "Fjord Nord AS")
    done = talked.ok("customers", "export", "--who", "kari")
    assert "private words" in done.err
    export = done.json
    assert (export["company"], export["exported_at"]) == ("Fjord Books", "2026-11-23T08:00:00+00:00")
    [kari] = export["customers"]
    assert (kari["name"], kari["remember"], kari["stance"]) == ("Kari Nordmann", "Her daughter's exam", "neutral")
    assert (kari["origin"]["file"], kari["birthday"], kari["extra"]) == ("people.csv", "1980-11-26", {})
    [call] = [one for one in kari["calls"] if one["held_at"]]
    assert (call["minutes"], call["listeners"], [one["outcome"] for one in call["attempts"]]) == (17, "Bo", ["reached"])
    assert {one["key"]: (one["words"], one["private"]) for one in call["answers"]} == {
        "promises": ("Mostly. The export, no.", False),
        "life": ("My daughter has her exam in May.", True),
    }
    assert {one["key"]: one["question"] for one in call["answers"]}["life"] == "What is your life like?"
    assert [(one["kind"], one["words"]) for one in call["gold"]] == [
        ("wish", "always answer within a day"), ("trigger", "you pick up the phone")
    ]  # fmt: skip
    assert [(one["title"], one["state"], one["told_at"]) for one in kari["issues"]] == [
        ("Export drops columns", "fixed", None)
    ]
    assert [(one["what"], one["due_on"], one["state"]) for one in kari["promises"]] == [
        ("Send the VAT guide", "2026-11-27", "open")
    ]
    assert [(one["purpose"], one["words"]) for one in kari["touches"]] == [("give", "a book")]
    renamed = [one for one in kari["journal"] if one["command"] == "customers edit" and one["noun"] == "customer"]
    assert renamed[0]["before"]["name"] == "Kari Nordmann"
    assert "place" not in done.out
    assert "salt" not in done.out
    assert "Ola" not in done.out
    everyone = talked.ok("customers", "export", "--format", "json").json["customers"]
    assert len(everyone) == 12
    assert everyone[0] == {**kari, "journal": None}
    assert everyone[1]["issues"][0]["words"] == "Every month I repair the file by hand."


def test_whoever_reads_slowly_keeps_nobody_waiting(care: Care) -> None:
    care.ok("init", "--country", "NO")
    write_csv(care.folder / "many.csv", ["Name,Phone", *(f"Person {n},+47 9{n:07d}" for n in range(3000))])
    care.ok("customers", "import", "many.csv")
    slow = care.start("customers", "export")
    assert slow.stdout.read(1) == b"c"
    care.ok("customers", "edit", "1", "--name", "Changed meanwhile")
    rest = slow.stdout.read().decode()
    assert (slow.wait(), rest.count("\r\n"), rest[:7]) == (0, 3001, "are uid")
    assert "Changed meanwhile" not in rest
    slow.stdout.close()
    slow.stderr.close()
