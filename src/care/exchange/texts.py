"""The text of a small file that a person wrote, whichever way their editor saved it."""

import codecs
from pathlib import Path

from care.errors import BadFile

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

_NOT_TEXT = ((b"PK\x03\x04", "a document or a zip file"), (b"%PDF-", "a PDF"), (b"{\\rtf", "rich text"))

_WESTERN = "cp1252"

_LATIN = "latin-1"


def content_of(path: Path, most: int, what: str, inside: str) -> bytes:
    """The content of a file a person named; errors say ``what`` it should be and what to name ``inside`` a folder.

    Raises BadFile when it is not there, cannot be read, or has more than ``most`` bytes.
    """
    try:
        with path.open("rb") as file:
            content = file.read(most + 1)
    except FileNotFoundError:
        raise BadFile(f"there is no file {path}. Check its name and folder.") from None
    except IsADirectoryError:
        raise BadFile(f"{path} is a folder. Name {inside}.") from None
    except (OSError, ValueError) as problem:
        raise BadFile(f"{path} cannot be read: {getattr(problem, 'strerror', problem)}.") from None
    return within(content, most, path.name, what)


def within(content: bytes, most: int, name: str, what: str) -> bytes:
    """The content, if it has no more bytes than that. Raises BadFile."""
    if len(content) > most:
        raise BadFile(f"{name} is larger than any {what}. Is it another file?")
    return content


def decoded(name: str, content: bytes) -> str:
    """The text: by its byte order mark, else UTF-8, UTF-16 without a mark, or a western eight-bit encoding.

    Raises BadFile for what is no text.
    """
    for begin, what in _NOT_TEXT:
        if content.startswith(begin):
            raise BadFile(f"{name} is {what}, not text. Save it as plain text.")
    marked = next((encoding for mark, encoding in _MARKS if content.startswith(mark)), None)
    for encoding in [marked] if marked else _guesses(content):
        try:
            text = content.decode(encoding)
        except UnicodeError:
            continue
        if "\0" not in text:
            return text
    raise BadFile(f"{name} is not text. Save it as plain text in UTF-8.")


def _guesses(content: bytes) -> list[str]:
    """Where every other byte is nothing, it is UTF-16: which half is, says which."""
    half = len(content) // 2
    if half and content[1::2].count(0) > half * 0.4:
        return ["utf-16-le"]
    if half and content[0::2].count(0) > half * 0.4:
        return ["utf-16-be"]
    return ["utf-8", _WESTERN, _LATIN]
