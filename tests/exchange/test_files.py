"""A file is written whole or not at all."""

import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from care.errors import BadFile
from care.exchange.files import write_pieces, write_whole


def test_a_file_is_its_owners_and_to_the_letter(tmp_path: Path) -> None:
    path = tmp_path / "new" / "out.csv"
    write_pieces(path, ["a\r\n", "b\n", "ø"])
    assert path.read_bytes() == b"a\r\nb\n\xc3\xb8"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    write_whole(path, "again")
    assert path.read_text() == "again"
    assert [one.name for one in path.parent.iterdir()] == ["out.csv"]


def test_what_was_there_stays_when_the_pieces_end_early(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    path.write_text("before")

    def broken() -> Iterator[str]:
        yield "half"
        raise KeyError

    with pytest.raises(KeyError):
        write_pieces(path, broken())
    assert [(one.name, one.read_text()) for one in tmp_path.iterdir()] == [("out.csv", "before")]


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="is a folder"):
        write_pieces(tmp_path, ["x"])
