"""A file that comes in: opened as often as needed, and its text decoded for certain."""

import codecs
import os
import shutil
import tempfile
from pathlib import Path
from typing import IO, BinaryIO, NamedTuple

from care.errors import BadFile, BadSetting

_CHUNK = 1 << 20

_UTF_8 = "utf-8"

_FALLBACK = "cp1252"

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

# Encodings that write other letters with ASCII bytes between two signs.
_SHIFTING = ("iso2022", "hz", "utf-7")

_NOT_TEXT = (
    (b"PK\x03\x04", "is an Excel workbook or a zip file", "Save it as CSV UTF-8 and import that"),
    (b"\xd0\xcf\x11\xe0", "is an old Excel workbook", "Save it as CSV UTF-8 and import that"),
    (b"%PDF-", "is a PDF", "Export the customers as CSV instead"),
    (b"\x1f\x8b", "is compressed", "Unpack it and import what is in it"),
)


class Source:
    """The bytes of a file or a pipe. A pipe is read once into a temporary file that has no name."""

    def __init__(self, path: Path) -> None:
        """Raises BadFile when the file is missing, a folder or closed to us."""
        self.path = path
        self.name = path.name
        self._spool: IO[bytes] | None = None
        try:
            with path.open("rb") as file:
                if not file.seekable():
                    # Not closed here: it is what open() hands out, for as long as the source lives.
                    self._spool = tempfile.TemporaryFile()  # noqa: SIM115
                    shutil.copyfileobj(file, self._spool)
                    self._spool.flush()
            with self.open() as file:
                self.size = file.seek(0, os.SEEK_END)
        except FileNotFoundError:
            raise BadFile(f"there is no file {path}. Check its name and folder.") from None
        except IsADirectoryError:
            raise BadFile(f"{path} is a folder. Name a CSV file in it.") from None
        except OSError as problem:
            raise BadFile(f"{path} cannot be read: {problem.strerror}. Check whether you may open it.") from None

    def open(self) -> BinaryIO:
        """The bytes from the beginning. Two at a time must not be open of a pipe."""
        if self._spool is None:
            return self.path.open("rb")
        file = os.fdopen(os.dup(self._spool.fileno()), "rb")
        file.seek(0)
        return file


class Encoding(NamedTuple):
    """The name of an encoding as Python knows it, and what to tell the person about the choice, if anything."""

    name: str
    notice: str | None = None


def encoding_of(source: Source, said: str | None, *, is_mixed: bool = False) -> Encoding:
    """The encoding all of the source can be decoded with, read through in pieces.

    A byte order mark counts first, then UTF-8, then what the person said, then cp1252 with a notice. Where
    ``is_mixed``, parts of the file may be in encodings of their own, and it is only the encoding of the others. Raises
    BadFile for bytes that are no text, BadSetting for an encoding that does not exist.
    """
    if said is not None:
        _check_known(said)
    with source.open() as file:
        start = file.read(4)
    for magic, what, instead in _NOT_TEXT:
        if start.startswith(magic):
            raise BadFile(f"{source.name} {what}, not CSV. {instead}.")
    marked = next((name for mark, name in _BYTE_ORDER_MARKS if start.startswith(mark)), None)
    if marked:
        if not (is_mixed and marked.startswith(_UTF_8)):
            _must_decode(source, marked, "The file is damaged: export it again")
        return Encoding(marked)
    if said is not None and not extends_ascii(said):
        # Such a file can look like UTF-8 by chance.
        _must_decode(source, said, "Give another --encoding")
        return Encoding(said)
    if _bad_line(source, _UTF_8) is None:
        return Encoding(_UTF_8)
    if said is not None:
        if not is_mixed:
            _must_decode(source, said, "Give another --encoding")
        return Encoding(said)
    if not is_mixed:
        _must_decode(source, _FALLBACK, "Say which encoding it is in, with --encoding")
    return Encoding(
        _FALLBACK,
        "Read as cp1252 (Western European), because it is not UTF-8. If names look wrong, give --encoding.",
    )


def _must_decode(source: Source, encoding: str, instead: str) -> None:
    line = _bad_line(source, encoding)
    if line is not None:
        tried = "UTF-8 nor cp1252" if encoding == _FALLBACK else encoding
        neither = "neither " if encoding == _FALLBACK else "not "
        raise BadFile(f"line {line} of {source.name} is {neither}{tried}. {instead}.")


def _bad_line(source: Source, encoding: str) -> int | None:
    """The first line that cannot be decoded, None when all can. Raises BadFile for a NUL: no text has one."""
    decoder = codecs.getincrementaldecoder(encoding)(errors="strict")
    lines = 1
    with source.open() as file:
        while True:
            chunk = file.read(_CHUNK)
            try:
                text = decoder.decode(chunk, final=not chunk)
            except UnicodeDecodeError as problem:
                return lines + problem.object[: problem.start].decode(problem.encoding, errors="replace").count("\n")
            except UnicodeError:
                return lines
            nul = text.find("\0")
            if nul >= 0:
                line = lines + text.count("\n", 0, nul)
                raise BadFile(
                    f"line {line} of {source.name} has a NUL byte, which no text has. "
                    "Export it as CSV UTF-8, or give its --encoding."
                )
            lines += text.count("\n")
            if not chunk:
                return None


def extends_ascii(encoding: str) -> bool:
    """Whether what looks like ASCII is ASCII in that encoding."""
    if codecs.lookup(encoding).name.startswith(_SHIFTING):
        return False
    ascii_bytes = bytes(range(1, 128))
    try:
        return ascii_bytes.decode(encoding) == ascii_bytes.decode("ascii")
    except UnicodeError:
        return False


def _check_known(encoding: str) -> None:
    try:
        codecs.getincrementaldecoder(encoding)
        # Codecs such as base64 have a name, but are no encoding of text: a LookupError too.
        b"a".decode(encoding)
    except UnicodeError:
        return
    except (LookupError, ValueError):
        raise BadSetting("--encoding", encoding, "utf-8, cp1252, iso-8859-1 or utf-16") from None
