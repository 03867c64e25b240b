"""Files as they come: encodings, delimiters, and what cannot be taken."""

import csv
import os
import threading
import tracemalloc
from pathlib import Path

import pytest

from care.customers.customer_input import CustomerInput, Rejection
from care.errors import BadFile, BadSetting
from care.exchange.csv.customers import CustomersFile, read_customers
from care.exchange.csv.reading_options import ReadingOptions


def opened(folder: Path, content: bytes | str, encoding: str | None = None) -> CustomersFile:
    path = folder / "customers.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_customers(path, ReadingOptions(encoding=encoding))


def names(file: CustomersFile) -> list[str]:
    return [draft.name for draft in file.customers() if isinstance(draft, CustomerInput)]


def refusal(folder: Path, content: bytes | str, encoding: str | None = None) -> str:
    with pytest.raises(BadFile) as refused:
        list(opened(folder, content, encoding).customers())
    assert "\n" not in refused.value.sentence
    return refused.value.sentence


@pytest.mark.parametrize(
    ("codec", "said", "found"),
    [
        ("utf-8", None, "utf-8"),
        ("utf-8-sig", None, "utf-8"),
        ("utf-16", None, "utf-16"),
        ("utf-32", None, "utf-32"),
        ("utf-16-be", "utf-16-be", "utf-16-be"),
        ("utf-8", "cp1252", "utf-8"),
        ("iso-8859-2", "iso-8859-2", "iso-8859-2"),
        ("cp1250", "cp1250", "cp1250"),
    ],
)
def test_names_survive_their_encoding(tmp_path: Path, codec: str, said: str | None, found: str) -> None:
    file = opened(tmp_path, "Name,Email\nŁucja Müller,a@b.de\n".encode(codec), said)
    assert names(file) == ["Łucja Müller"]
    assert (file.encoding, file.notices) == (found, [])


def test_utf_16_of_either_byte_order_is_read(tmp_path: Path) -> None:
    for mark, codec in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        assert names(opened(tmp_path, mark + "Name\nÅse\n".encode(codec))) == ["Åse"]


def test_an_encoding_that_looks_like_ascii_is_read_as_it_is_said(tmp_path: Path) -> None:
    assert names(opened(tmp_path, "Name\n山田\n".encode("iso2022_jp"), "iso2022_jp")) == ["山田"]


def test_western_european_is_read_with_a_notice(tmp_path: Path) -> None:
    file = opened(tmp_path, "Name;Notes\nÑuñez;20 €\n".encode("cp1252"))
    assert names(file) == ["Ñuñez"]
    assert file.encoding == "cp1252"
    assert file.notices == [
        "Read as cp1252 (Western European), because it is not UTF-8. If names look wrong, give --encoding."
    ]


def test_a_byte_that_is_wrong_late_in_the_file_is_found(tmp_path: Path) -> None:
    rows = "Name\n" + "Åse\n" * 400_000
    assert opened(tmp_path, rows.encode()).encoding == "utf-8"
    assert opened(tmp_path, rows.encode() + b"\xc5se\n").encoding == "cp1252"
    # A letter cut in two by the pieces a file is read in is whole all the same.
    assert opened(tmp_path, b"Name\nx" + "å".encode() * 700_000).encoding == "utf-8"


def test_bytes_that_are_no_text_are_refused_with_their_line(tmp_path: Path) -> None:
    assert refusal(tmp_path, b"Name\nA\n\x81\n") == (
        "line 3 of customers.csv is neither UTF-8 nor cp1252. Say which encoding it is in, with --encoding."
    )
    late = b"Name\n" + b"somebody\n" * 300_000 + b"\x81\n"
    assert refusal(tmp_path, late).startswith("line 300002 of customers.csv is neither")
    assert "line 2 of customers.csv is not ascii" in refusal(tmp_path, b"Name\n\xc5se\n", "ascii")
    assert "line 3 of customers.csv has a NUL byte" in refusal(tmp_path, b"Name\nA\nB\0\n")
    assert "line 1 of customers.csv has a NUL byte" in refusal(tmp_path, "Name\nA\n".encode("utf-16-le"))
    assert "not utf-16" in refusal(tmp_path, b"\xff\xfeN\0\x00\xd8A\0")
    assert "Excel workbook" in refusal(tmp_path, b"PK\x03\x04rest")


@pytest.mark.parametrize("encoding", ["klingon", "base64", "rot13", "a\0b"])
def test_an_encoding_that_is_none_is_refused(tmp_path: Path, encoding: str) -> None:
    with pytest.raises(BadSetting, match="--encoding cannot be"):
        opened(tmp_path, "Name\nA\n", encoding)


@pytest.mark.parametrize(
    ("content", "delimiter", "wanted"),
    [
        ("Name,Email\nDoe; John,a@b.de\n", ",", "Doe; John"),
        ('Name;Notes\n"Doe, John";"a, b, c"\n', ";", "Doe, John"),
        ("Name;Notes\nA;it's, well, 'x', ok\nB;y, z, w\n", ";", "A"),
        ("Name\tNotes\nDoe, John\tx; y\n", "\t", "Doe, John"),
        ("Name|Notes\nDoe, John|x; y\n", "|", "Doe, John"),
        ("Name\nDoe, John\n", ",", None),
        ("Email\na@b.de\n", ",", "a@b.de"),
        ("\n\nName;Email\nA;a@b.de\n", ";", "A"),
        ("sep=;\r\nName;Email\r\nA;a@b.de\r\n", ";", "A"),
        ('"sep=|"\nName|Email\nA|a@b.de\n', "|", "A"),
        ("SEP=\t\nName\tEmail\nA\ta@b.de\n", "\t", "A"),
        ('Name (Last, First);"E-mail";Notes, private\nA;a@b.de;x\n', ";", "a@b.de"),
        ('Name, Notes\nA, "x, y"\n', ",", "A"),
        ("Name,Email\rA,a@b.de\r", ",", "A"),
    ],
)
def test_the_delimiter_is_found(tmp_path: Path, content: str, delimiter: str, wanted: str | None) -> None:
    file = opened(tmp_path, content)
    assert file.delimiter == delimiter
    assert next(iter(names(file)), None) == wanted


def test_a_delimiter_between_unknown_columns_is_found(tmp_path: Path) -> None:
    assert ": a, b, c. Say which" in refusal(tmp_path, "a;b;c\n1;2;3\n")


def test_a_quote_after_a_space_opens_a_cell_where_the_file_does_that(tmp_path: Path) -> None:
    (draft,) = opened(tmp_path, 'Name, Notes\nA, "x, y"\n').customers()
    assert isinstance(draft, CustomerInput)
    assert draft.extra == {"Notes": "x, y"}


def test_a_file_without_customers_is_refused(tmp_path: Path) -> None:
    for content in (b"", b"\xef\xbb\xbf", b"\n \n,,\n"):
        assert refusal(tmp_path, content) == "customers.csv is empty. Export it again."
    assert refusal(tmp_path, "Name,Email\n,\n\n") == "customers.csv has a header and no customers. Export it again."


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="there is no file"):
        read_customers(tmp_path / "nobody.csv", ReadingOptions())
    with pytest.raises(BadFile, match="is a folder"):
        read_customers(tmp_path, ReadingOptions())


def test_a_broken_record_is_named_by_the_line_it_begins_on(tmp_path: Path) -> None:
    assert refusal(tmp_path, 'Name,Notes\nA,x\nB,"never\nclosed\nC,y\n').startswith(
        "customers.csv: the record that begins on line 3 opens a quote that is never closed."
    )
    assert "begins on line 3 goes on after a closing quote" in refusal(tmp_path, 'Name,Notes\nA,x\n"B"b,y\n')
    giant = 'Name,Notes\nA,x\nB,"' + "x" * 10_000_000 + '"\n'
    assert "begins on line 3 has a cell of more than 1 MB" in refusal(tmp_path, giant)


def test_a_cell_larger_than_usual_is_read_and_the_limit_given_back(tmp_path: Path) -> None:
    usual = 131_072
    csv.field_size_limit(usual)
    file = opened(tmp_path, "Name,Notes\nA," + "x" * 500_000 + "\n")
    assert csv.field_size_limit() == usual
    (draft,) = file.customers()
    assert isinstance(draft, CustomerInput)
    assert len(draft.extra["Notes"]) == 500_000
    assert csv.field_size_limit() == usual


def test_ten_thousand_columns_are_refused_and_ten_thousand_cells_rejected(tmp_path: Path) -> None:
    assert "10,000 columns" in refusal(tmp_path, ",".join(["Name"] * 10_000) + "\nA\n")
    file = opened(tmp_path, "Name,Email\n" + ",".join(["x"] * 10_000) + "\n")
    assert list(file.customers()) == [Rejection(2, "10,000 cells where the header has 2")]


def test_a_pipe_is_read_as_a_file_is(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_text, args=("Name,Email\nA,a@b.de\n",))
    writer.start()
    file = read_customers(pipe, ReadingOptions())
    writer.join()
    assert names(file) == names(file) == ["A"]
    assert file.size == 20


def test_the_position_moves_from_the_beginning_to_the_end(tmp_path: Path) -> None:
    file = opened(tmp_path, "Name,Email\n" + "Somebody,somebody@example.com\n" * 50_000)
    assert file.position == 0
    seen = []
    for number, _ in enumerate(file.customers()):
        if number % 10_000 == 0:
            seen.append(file.position)
    assert seen == sorted(seen)
    assert 0 < seen[0] < seen[2] < seen[4] < file.size
    assert file.position == file.size


def test_ten_times_the_rows_need_no_more_memory(tmp_path: Path) -> None:
    peaks = []
    for rows in (6_000, 60_000):
        path = tmp_path / f"{rows}.csv"
        with path.open("w", encoding="utf-8") as out:
            out.write("Name,Email,Phone\n")
            out.writelines(f"Person {row},person{row}@example.com,+4722{row:06}\n" for row in range(rows))
        tracemalloc.start()
        assert sum(1 for _ in read_customers(path, ReadingOptions()).customers()) == rows
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    # What is remembered of days and companies already seen is bounded; the rows themselves would be 60 MB.
    assert peaks[1] < peaks[0] + 8_000_000
