"""Output that nobody takes, terminals that can do little, bytes that are no text, and Ctrl-C."""

import os
import signal
import sqlite3
import subprocess

import pytest
from running import Care, bare, ended, opened, too_wide, write_csv

ASCII = {"LC_ALL": "C", "LANG": None, "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
LINES = ["--version"], ["--help"], ["plan"], ["customers", "--json"]


def test_a_full_disk_as_stdout(filled: Care) -> None:
    for words in LINES:
        with opened("/dev/full") as full:
            filled(*words, stdout=full).refused(5, "the output could not be written: No space left", "is done")
    with opened("/dev/full") as full:
        assert filled("pln", stderr=full).code == 2


def test_closed_streams(filled: Care) -> None:
    for words in LINES:
        filled(*words, closed=[1]).refused(5, "the output could not be written")
    assert filled("plan", closed=[0, 1, 2]).code == 5
    assert filled.ok("plan", closed=[2]).out.startswith("Week 48")
    assert filled("plan", "--json", closed=[0]).json["week"] == "2026-W48"


def test_whoever_reads_only_the_head(care: Care) -> None:
    care.ok("init", "--country", "NO")
    write_csv(care.folder / "many.csv", ["Name,Phone", *(f"Person {n},+47 9{n:07d}" for n in range(3000))])
    care.ok("customers", "import", "many.csv")
    for words in (["customers"], ["customers", "--json"], ["--help"]):
        process = care.start(*words)
        process.stdout.readline()
        process.stdout.close()
        process.stdout = None
        done = ended(process)
        assert (done.code, done.err) == (0, ""), (words, done)


SHOWN = [("brief", "Sjö"), ("plan",), ("report",), ("customers", "--json")]


@pytest.mark.parametrize("words", [SHOWN[0], *(pytest.param(one, marks=pytest.mark.slow) for one in SHOWN[1:])])
def test_what_is_shown_where_the_locale_knows_ascii_only(talked: Care, words: tuple[str, ...]) -> None:
    assert talked.ok(*words, env=ASCII).out == talked.ok(*words).out


def test_a_locale_that_knows_ascii_only(talked: Care) -> None:
    write_csv(talked.folder / "Zé.csv", ["Name,Phone", "Åse Øy,+47 900 00 001"])
    assert talked.ok("customers", "import", "Zé.csv", "--json", env=ASCII).json["added"] == 1
    assert "Åse Øy" in talked.ok("brief", "åse", env=ASCII).out
    assert "Sj\\xf6 AB" in talked.ok("customers", env={"PYTHONIOENCODING": "ascii"}).out
    assert (
        talked.ok("customers", "--json", env={"PYTHONIOENCODING": "ascii"}).json["customers"][2]["company"] == "Sjö AB"
    )


def test_bytes_that_are_no_text(filled: Care) -> None:
    before = filled.store.read_bytes()
    for words in (
        [b"brief", b"K\xe9ri"],
        [b"customers", b"add", b"K\xe9ri"],
        [b"customers", b"import", b"K\xe9ri.csv"],
        [b"log", b"1", b"--answer", b"ease=K\xe9ri"],
        [b"config", b"set", b"caller", b"K\xe9ri"],
        [b"--store", b"K\xe9ri.db", b"plan"],
        [b"issues", b"add", b"\xff", b"--by", b"1"],
    ):
        filled(*words).refused(2, "is not UTF-8")
    filled("plan", env={"CARE_STORE": os.fsdecode(b"K\xe9ri.db")}).refused(2, "is not UTF-8")
    assert filled.store.read_bytes() == before


def test_poor_terminals(talked: Care) -> None:
    for words in (["plan"], ["brief", "ola"], ["report"], ["customers"]):
        dumb = talked.shown(*words, env={"TERM": "dumb"})
        assert "\x1b" not in dumb, words
        assert bare(talked.shown(*words)) == dumb
        narrow = talked.shown(*words, width=20)
        assert too_wide(narrow, 20) == [], words
    piped = talked.ok("customers", env={"COLUMNS": "20"}).out
    assert "Kari Nordmann, Fjord AS  +47 22 12 34 56   Gold" in piped


@pytest.mark.parametrize("moment", ["begun", "reading"])
def test_ctrl_c_during_an_import_stores_nothing(filled: Care, moment: str) -> None:
    write_csv(filled.folder / "big.csv", ["Name,Phone", *(f"Person {n},+47 9{n:07d}" for n in range(20_000))])
    process = filled.start("customers", "import", "big.csv", stdin=subprocess.DEVNULL)
    started = filled.folder / ("big.csv" if moment == "begun" else "care.db-journal")
    while not (_is_open(process.pid, "big.csv") if moment == "begun" else started.exists()):
        assert process.poll() is None
    process.send_signal(signal.SIGINT)
    done = ended(process)
    assert (done.code, done.out, done.err.strip()) == (130, "", "")
    connection = sqlite3.connect(filled.store)
    assert connection.execute("SELECT count(*) FROM customer").fetchone() == (12,)
    connection.close()


def _is_open(pid: int, name: str) -> bool:
    folder = f"/proc/{pid}/fd"
    try:
        return any(os.readlink(f"{folder}/{number}").endswith(name) for number in os.listdir(folder))  # noqa: PTH115, PTH208
    except OSError:
        return False
