"""Imports that end before their end, and files no tool should write: the store is as it was, and says so."""

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from running import Care

ROWS = 200_000


@pytest.fixture(scope="module")
def long_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file that takes seconds to import."""
    path = tmp_path_factory.mktemp("long") / "long.csv"
    with path.open("w", encoding="utf-8") as file:
        file.write("id,name,email,phone\n")
        file.writelines(f"{n},Somebody{n},s{n}@example.com,+4740{n:06}\n" for n in range(ROWS))
    return path


def at_work(care: Care, file: Path) -> object:
    """An import that has begun to write: what it adds is in the file already, and its journal beside it."""
    before = care.store.stat().st_size
    process = care.start("customers", "import", str(file))
    journal = care.store.with_name("care.db-journal")
    until = time.monotonic() + 60
    while not (journal.exists() and care.store.stat().st_size > before + 1_000_000):
        assert process.poll() is None
        assert time.monotonic() < until
        time.sleep(0.02)
    return process


@pytest.mark.parametrize("blow", [signal.SIGINT, signal.SIGKILL, signal.SIGTERM], ids=lambda one: one.name)
def test_an_import_that_is_broken_off_leaves_nobody(filled: Care, long_file: Path, blow: signal.Signals) -> None:
    before = filled.ok("customers", "--json").out
    process = at_work(filled, long_file)
    os.kill(process.pid, blow)
    out, err = process.communicate(timeout=60)
    assert process.returncode in (130, -blow), err
    assert b"Traceback" not in err
    assert out == b""
    assert filled.ok("customers", "--json").out == before
    assert filled.ok("customers", "show", "1").code == 0
    assert filled("customers", "show", "Somebody7").code == 3
    assert filled.ok("doctor").code == 0


def big_cell(path: Path) -> None:
    path.write_text('Name,Notes\nA,x\nB,"' + "x" * 10_000_000 + '"\n')


HOSTILE: dict[str, tuple[Callable[[Path], object], str]] = {
    "nul.csv": (lambda path: path.write_bytes(b"Name,Phone\nA\0B,22123456\n"), "NUL"),
    "surrogate.csv": (lambda path: path.write_bytes(b"Name,Phone\nA\xed\xa0\x80\x81B,22123456\n"), "line 2"),
    "cell.csv": (big_cell, "line 3"),
    "columns.csv": (lambda path: path.write_text(",".join(["Name"] * 10_000) + "\nA\n"), "10,000 columns"),
    "quote.csv": (lambda path: path.write_text('Name,Phone\n"A,22123456\nB,22123457\n'), "line 2"),
    "header.csv": (lambda path: path.write_text("Name,Phone\n"), "no customers"),
    "nothing.csv": (lambda path: path.write_text(""), "empty"),
    "nul.vcf": (lambda path: path.write_bytes(b"BEGIN:VCARD\nVERSION:3.0\nFN:A\0B\nEND:VCARD\n"), "NUL"),
    "header.vcf": (lambda path: path.write_text("BEGIN:VCARD\n"), ""),
    "picture.csv": (lambda path: path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9), ""),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_file_no_tool_should_write_changes_nothing(filled: Care, name: str) -> None:
    make, word = HOSTILE[name]
    make(filled.folder / name)
    before = filled.ok("customers", "--json").out
    done = filled("customers", "import", name)
    assert done.code in (0, 4), done
    assert word in done.err + done.out
    assert len(done.err.splitlines()) <= 2
    if done.code == 0:  # nobody in it could be read, and each is named
        assert "rejected" in done.out
    assert filled.ok("customers", "--json").out == before


def test_headers_that_come_twice_lose_nothing(care: Care) -> None:
    care.ok("init", "--country", "NO", "--company", "F", "--caller", "Ann")
    (care.folder / "twice.csv").write_text("Name,Note,Note,Phone,Phone\nA,one,two,22123456,22123457\n")
    assert care.ok("customers", "import", "twice.csv", "--json").json["added"] == 1
    shown = care.ok("customers", "show", "A", "--json").json
    assert shown["extra"] == {"Note": "one", "Note (2)": "two"}
    assert [one["value"] for one in shown["contacts"]] == ["+4722123456", "+4722123457"]
