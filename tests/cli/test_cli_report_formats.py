"""``care report`` in every format, from the real program."""

import csv
import io
import json
import stat
from pathlib import Path

from running import Care

from care.reports.section import SECTIONS


def test_every_format_goes_to_stdout_or_by_its_name_into_a_file(talked: Care) -> None:
    page = talked.ok("report", "--format", "html").out
    assert page.startswith("<!doctype html>")
    assert "Export drops columns" in page
    assert "My daughter" not in page
    for name, begins in (
        ("r.html", "<!doctype html>"), ("r.md", "# Fjord Books, "), ("r.csv", "\ufeffsection,"), ("r.json", "{"),
        ("r.txt", "Fjord Books, "),
    ):  # fmt: skip
        talked.ok("report", "--output", name)
        path = talked.folder / name
        assert path.read_text("utf-8").startswith(begins), name
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert (talked.folder / "r.html").read_text("utf-8") == page
    assert json.loads((talked.folder / "r.json").read_text("utf-8")) == talked.ok("report", "--json").json
    rows = list(csv.DictReader(io.StringIO(talked.ok("report", "owed", "--format", "csv").out)))
    assert [(row["ref"], row["customer_name"]) for row in rows] == [
        ("i1", "Kari Nordmann"), ("i1", "Ola Hansen"), ("p1", "Kari Nordmann")
    ]  # fmt: skip


def test_private_words_and_names_are_left_out_of_every_format(talked: Care) -> None:
    talked.ok("log", "ola", "--kind", "chosen", "--answer", "life=We moved to a boat.")
    for form in ("terminal", "markdown", "html", "csv", "json"):
        assert "boat" not in talked.ok("report", "--all", "--format", form).out, form
        assert "boat" in talked.ok("report", "--all", "--include-private", "--format", form).out, form
        short = talked.ok("report", "--initials", "--format", form).out
        assert "Nordmann" not in short, form
        assert "Kari" not in short, form
        assert "22123456" not in short, form


def test_it_opens_in_a_browser(talked: Care) -> None:
    browser = talked.folder / "browser"
    browser.write_text(f'#!/bin/sh\necho "$1" > {talked.folder}/opened\n')
    browser.chmod(0o700)
    done = talked.ok("report", "--open", env={"BROWSER": str(browser)})
    where = Path((talked.folder / "opened").read_text().strip().removeprefix("file://"))
    assert where.read_text("utf-8").startswith("<!doctype html>")
    assert stat.S_IMODE(where.stat().st_mode) == 0o600
    assert str(where) in done.err
    talked.ok("report", "--open", "--output", "here.html", env={"BROWSER": str(browser)})
    assert (talked.folder / "opened").read_text().strip() == (talked.folder / "here.html").as_uri()


def test_what_cannot_be_is_refused(talked: Care) -> None:
    assert talked("report", "--format", "pdf").code == 2
    talked("report", "--format", "csv", "--json").refused(2, "--json", "csv")
    talked("report", "--open", "--format", "csv").refused(2, "--open", "csv")
    talked("report", "--output", str(talked.folder)).refused(4, "is a folder")


def test_help_names_every_section(talked: Care) -> None:
    shown = talked.ok("report", "--help").out
    assert [section.name for section in SECTIONS if section.name not in shown] == []
