"""Backups, and bringing one back: nothing is lost, and who was forgotten stays forgotten."""

import shutil
import sqlite3
import stat
from pathlib import Path

from running import Care
from test_cli_forgetting import NAMED, left_of

from stores import taken_down


def made(care: Care, *words: str) -> Path:
    return Path(care.ok("backup", *words, "--json").json["file"])


def test_a_backup_is_a_sound_store_of_ones_own(talked: Care) -> None:
    file = made(talked)
    assert file == talked.folder / "backups" / "care-2026-11-23-0800.db"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert talked.ok("doctor", "--store", str(file)).code == 0
    assert talked.ok("customers", "--store", str(file), "--json").json == talked.ok("customers", "--json").json
    assert made(talked).name == "care-2026-11-23-0800-2.db"
    assert made(talked, str(talked.folder / "else where")).parent.name == "else where"


def test_a_folder_that_is_a_file_is_refused(talked: Care) -> None:
    (talked.folder / "full").write_text("x")
    talked("backup", str(talked.folder / "full")).refused(5, "full is a file")


def test_restoring_brings_back_what_was_and_keeps_what_is(talked: Care) -> None:
    file = made(talked)
    talked.ok("customers", "add", "Somebody New", "--phone", "95555559")
    talked("restore", str(file)).refused(2, "care.db", "--yes")
    done = talked.ok("restore", str(file), "--yes", "--json").json
    assert (done["customers"], done["forgotten"]) == (12, 0)
    assert talked("customers", "show", "Somebody New").code == 3
    assert talked.ok("customers", "show", "Somebody New", "--store", done["aside"]).code == 0
    assert talked.ok("doctor").code == 0
    assert not [path.name for path in talked.folder.iterdir() if path.name.startswith(".care.db.")]


def test_who_was_forgotten_since_is_erased_again(talked: Care) -> None:
    file = made(talked, str(talked.folder.parent / f"{talked.folder.name}-away"))
    talked.ok("customers", "forget", "kari", "--yes")
    done = talked.ok("restore", str(file), "--yes", "--json").json
    assert (done["customers"], done["forgotten"]) == (11, 1)
    assert left_of(talked.folder, NAMED) == {}
    assert talked("customers", "show", "kari").code == 3
    assert talked.ok("doctor").code == 0


def test_a_store_that_is_lost_comes_back(talked: Care) -> None:
    file = made(talked)
    talked.store.unlink()
    assert talked.ok("restore", str(file), "--json").json["aside"] is None
    assert talked.ok("customers", "--json").json["total"] == 12


def test_a_damaged_store_gives_way_with_a_word_about_it(talked: Care) -> None:
    file = made(talked)
    connection = sqlite3.connect(talked.store)
    connection.execute("DROP TRIGGER tally_gone")
    connection.commit()
    connection.close()
    done = talked.ok("restore", str(file), "--yes")
    assert "cannot be known" in done.err
    assert talked.ok("doctor").code == 0


def test_what_is_no_backup_of_this_store_changes_nothing(talked: Care, tmp_path: Path) -> None:
    before = talked.store.read_bytes()
    other = Care(tmp_path / "other")
    other.folder.mkdir()
    other.ok("init", "--country", "NO", "--company", "X", "--caller", "Ann")
    picture = tmp_path / "picture.png"
    picture.write_bytes(b"\x89PNG" + b"x" * 200)
    foreign = tmp_path / "foreign.db"
    shutil.copy(other.store, foreign)
    cut = tmp_path / "cut.db"
    cut.write_bytes(before[: len(before) // 2])
    for path, word in (
        (tmp_path / "none.db", "no backup"), (picture, "not a database"), (foreign, "another store"),
        (tmp_path, "a folder"), (cut, "cut.db is damaged"),
    ):  # fmt: skip
        talked("restore", str(path), "--yes").refused(5, word)
        assert talked.store.read_bytes() == before, path
    assert {
        path.name for path in talked.folder.iterdir() if "restore" in path.name or path.name.startswith(".")
    } == set()


def test_undo_after_a_restore_takes_nothing_else_back(talked: Care) -> None:
    file = made(talked)
    talked.ok("customers", "add", "Somebody New", "--phone", "95555559")
    talked.ok("restore", str(file), "--yes")
    before = talked.ok("customers", "--json").out
    talked("undo").refused(2, "care restore", "lies beside the store")
    assert talked.ok("customers", "--json").out == before


def test_a_backup_of_an_older_version_comes_back_and_leaves_nothing_hidden(talked: Care) -> None:
    file = made(talked, str(talked.folder.parent / f"{talked.folder.name}-old"))
    taken_down(file, 1)
    talked.ok("customers", "forget", "kari", "--yes")
    assert talked.ok("restore", str(file), "--yes", "--json").json["forgotten"] == 1
    assert talked.ok("doctor").code == 0
    assert not [path.name for path in talked.folder.iterdir() if path.name.startswith(".care.db")]
    assert left_of(talked.folder, NAMED) == {}
