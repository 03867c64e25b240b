"""What is not a store is refused in one line with exit 5, stays as it was, and nothing is made beside it."""

import sqlite3
from pathlib import Path

import pytest
from running import Care

COMMANDS = (["plan"], ["log", "kari", "-o", "n"], ["report", "--json"], [])


def _missing(path: Path) -> str:
    return "there is no store"


def _folder(path: Path) -> str:
    path.mkdir()
    return "a folder"


def _empty(path: Path) -> str:
    path.touch()
    return "an empty file"


def _picture(path: Path) -> str:
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
    return "not a database"


def _strangers(path: Path) -> str:
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE customer (id INTEGER PRIMARY KEY, name TEXT)")
    connection.close()
    return "another program's database"


MAKERS = {"missing": _missing, "folder": _folder, "empty": _empty, "picture": _picture, "stranger's": _strangers}


def state(folder: Path) -> dict[str, bytes | None]:
    """Every file of a folder with what is in it."""
    return {str(path): path.read_bytes() if path.is_file() else None for path in sorted(folder.rglob("*"))}


@pytest.mark.parametrize("kind", MAKERS)
def test_no_store(care: Care, kind: str) -> None:
    why = MAKERS[kind](care.store)
    before = state(care.folder)
    for words in COMMANDS:
        care(*words).refused(5, why, str(care.store))
    assert state(care.folder) == before


def test_a_newer_store(filled: Care) -> None:
    with sqlite3.connect(filled.store) as connection:
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        connection.execute(f"PRAGMA user_version = {version + 1}")
    connection.close()
    before = state(filled.folder)
    for words in COMMANDS:
        filled(*words).refused(5, "newer care", f"schema {version + 1}", "Upgrade care")
    assert state(filled.folder) == before


def test_a_store_cut_in_half(filled: Care) -> None:
    whole = filled.store.read_bytes()
    filled.store.write_bytes(whole[: len(whole) // 8192 * 4096])
    before = state(filled.folder)
    filled("plan").refused(5, "damaged")
    filled("report").refused(5, "damaged")
    assert state(filled.folder) == before


def test_a_store_with_a_trigger_of_somebody_else(filled: Care) -> None:
    with sqlite3.connect(filled.store) as connection:
        connection.execute("CREATE TRIGGER mine AFTER INSERT ON touch BEGIN SELECT 1; END")
    connection.close()
    filled("plan").refused(5, "tables or triggers that care did not make")


def test_only_init_makes_a_store_and_only_once(care: Care) -> None:
    care("plan", env={"CARE_STORE": str(care.folder / "deep" / "care.db")}).refused(5, "there is no store")
    assert list(care.folder.iterdir()) == []
    care.ok("init", "--store", str(care.folder / "deep" / "care.db"))
    assert [path.name for path in (care.folder / "deep").iterdir()] == ["care.db"]
    assert (care.folder / "deep" / "care.db").stat().st_mode & 0o777 == 0o600
    before = state(care.folder)
    care("init", "--store", str(care.folder / "deep" / "care.db")).refused(5, "already")
    care("init", "--store", str(care.folder)).refused(5, "already")
    care("init", "--store", "/proc/none/care.db").refused(5, "cannot be made")
    assert state(care.folder) == before


def test_a_server_and_an_empty_name(care: Care) -> None:
    care("--store", "postgresql://host/care", "plan").refused(5, "postgresql://host/care")
    care("--store", "", "plan").refused(2, "--store")


def test_without_a_store_or_a_name_for_one_care_says_what_it_is(care: Care) -> None:
    done = care.ok(env={"CARE_STORE": None})
    assert "care demo" in done.out
    assert "care init" in done.out
    care("--json", env={"CARE_STORE": None}).refused(5, "there is no store")


def test_a_store_that_cannot_be_written_can_be_read(talked: Care) -> None:
    """Under a superuser the mode forbids nothing: there the file is held open for reading only by its path."""
    talked.store.chmod(0o400)
    talked.folder.chmod(0o500)
    try:
        if _is_writable(talked.store):
            pytest.skip("this user may write whatever the mode says")
        assert talked.ok("plan", "--json").json["held"] == 1
        talked.ok("brief", "kari")
        talked("log", "mia", "-o", "n").refused(5, "cannot be written")
    finally:
        talked.folder.chmod(0o700)


def _is_writable(path: Path) -> bool:
    try:
        path.open("r+b").close()
    except PermissionError:
        return False
    return True
