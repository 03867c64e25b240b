"""``care log --edit``: whatever the editor does, the text is there, and it is recorded once."""

import signal
import stat
import sys
from pathlib import Path

import pytest
from running import Care, bare

WRITE = """
import os, pathlib, signal, sys
path = pathlib.Path(sys.argv[-1])
text = path.read_text("utf-8")
text = text.replace("_Probe: And outside of work?_", "_Probe: And outside of work?_\\n\\n{words}", 1)
path.write_bytes(text.encode({encoding!r}, "replace"))
{then}
"""


def editor(care: Care, words: str = "a boat in Åsgård", *, then: str = "", encoding: str = "utf-8") -> dict[str, str]:
    """An editor that writes these words below the question of life, saves, and then does something."""
    script = care.folder / "editor.py"
    script.write_text(WRITE.format(words=words, then=then, encoding=encoding), "utf-8")
    return {"EDITOR": f"'{sys.executable}' '{script}'"}


def kept(care: Care) -> list[Path]:
    return sorted(care.folder.glob(".care.db.sheet-*"))


def life(care: Care, who: str = "kari") -> list[str]:
    return [
        one["words"] for one in care.ok("customers", "show", who, "--json").json["timeline"] if one["what"] == "life"
    ]


def test_what_is_written_is_recorded(filled: Care) -> None:
    done = filled.ok("log", "kari", "--edit", env=editor(filled))
    assert "Saved c1  Kari Nordmann: held" in done.out
    assert (life(filled), kept(filled)) == (["a boat in Åsgård"], [])


@pytest.mark.parametrize(
    ("then", "says"),
    [
        ("sys.exit(1)", "ended with 1"),
        ("os.kill(os.getpid(), signal.SIGKILL)", f"was killed by signal {signal.SIGKILL:d}"),
    ],
)
def test_an_editor_that_fails_after_saving_loses_nothing(filled: Care, then: str, says: str) -> None:
    refused = filled("log", "kari", "--edit", env=editor(filled, then=then))
    [path] = kept(filled)
    refused.refused(2, says, "nothing was recorded", str(path))
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert "a boat in Åsgård" in path.read_text("utf-8")
    assert life(filled) == []
    filled.ok("brief", "ola")  # care log would else mean whom it was of
    done = filled.ok("log", "--edit", env={"EDITOR": "true"})
    assert f"Going on with the text kept in {path}" in done.err
    assert (life(filled), kept(filled)) == (["a boat in Åsgård"], [])


@pytest.mark.parametrize("encoding", ["latin-1", "utf-16", "cp1252"])
def test_an_editor_that_writes_another_encoding(filled: Care, encoding: str) -> None:
    filled.ok("log", "kari", "--edit", env=editor(filled, encoding=encoding, then=""))
    assert life(filled) == ["a boat in Åsgård"]


def test_a_missing_editor_is_named_and_the_text_is_kept(filled: Care) -> None:
    filled("log", "kari", "--edit", env=editor(filled, then="sys.exit(3)"))
    for said, words in (
        ("no-such-editor -w", "there is no editor “no-such-editor”"),
        ("'open quote", "a quote in it is open"),
    ):
        done = filled("log", "--edit", env={"EDITOR": said})
        assert done.code == 2
        assert words in done.err
        assert str(kept(filled)[0]) in done.err.splitlines()[-1]
    assert "a boat in Åsgård" in kept(filled)[0].read_text("utf-8")
    done = filled("log", "--edit", env={"EDITOR": "", "PATH": str(filled.folder)})
    assert (done.code, "there is no editor. Name one" in done.err) == (2, True)
    filled.ok("log", "--edit", env={"VISUAL": "true", "EDITOR": "no-such-editor"})
    assert life(filled) == ["a boat in Åsgård"]


def test_bytes_that_are_no_text_are_kept(filled: Care) -> None:
    then = "path.write_bytes(path.read_bytes() + bytes([0, 255, 0, 0]))"
    filled("log", "kari", "--edit", env=editor(filled, then=then)).refused(4, "is not text", str(kept(filled)[0]))
    assert "a boat in Åsgård".encode() in kept(filled)[0].read_bytes()


def test_nothing_written_records_nothing(filled: Care) -> None:
    before = filled.store.read_bytes()
    for said in ("true", "touch", "rm"):
        done = filled.ok("log", "kari", "--edit", env={"EDITOR": said})
        assert "Nothing was filled in, and nothing is recorded." in done.err
    assert (filled.store.read_bytes(), kept(filled)) == (before, [])


def test_a_line_that_cannot_be_placed_opens_the_editor_again(filled: Care) -> None:
    env = editor(filled, "promise: ring them")
    with filled.terminal("log", "kari", "--edit", env=env) as terminal:
        terminal.until("promise cannot be “ring them”")
        editor(
            filled, "no matter", then='path.write_text(path.read_text("utf-8").replace("ring them", "ring by friday"))'
        )
        terminal.until("Open it again? [Y/n]")
        terminal.type("")
        assert "p1 ring by 27 November 2026" in bare(terminal.to_the_end())
    with filled.terminal("log", "ola", "--edit", env=editor(filled, "promise: ring them")) as terminal:
        terminal.until("Open it again? [Y/n]")
        terminal.type("n")
        terminal.to_the_end(2)
    assert "promise: ring them" in kept(filled)[0].read_text("utf-8")


def test_a_talk_on_record_is_changed_in_the_editor(filled: Care) -> None:
    filled.ok("log", "kari", "--answer", "life=a car", "--issue", "The bill", "--remember", "her car", "--minutes", "9")
    path = filled.folder / "swap.py"
    path.write_text(
        "import pathlib, sys\np = pathlib.Path(sys.argv[-1])\n"
        "p.write_text(p.read_text('utf-8').replace('a car', 'a boat').replace('Minutes: 9', 'Minutes: 19'), 'utf-8')\n"
    )
    done = filled.ok("log", "--amend", "--edit", env={"EDITOR": f"'{sys.executable}' '{path}'"})
    assert "changed as the sheet says" in done.out
    card = filled.ok("customers", "show", "kari", "--json").json
    assert ([one["words"] for one in card["timeline"] if one["what"] == "life"], card["remember"]) == (
        ["a boat"],
        "her car",
    )
    assert [one["what"] for one in card["timeline"] if "talk" in one["what"]] == ["chosen talk, 19 minutes"]
    assert [one["title"] for one in filled.ok("issues", "--json").json["issues"]] == ["The bill"]


def test_the_forgotten_leave_no_text(filled: Care) -> None:
    filled("log", "kari", "--edit", env=editor(filled, then="sys.exit(1)"))
    assert kept(filled)
    filled.ok("customers", "forget", "kari", "--yes")
    assert kept(filled) == []
