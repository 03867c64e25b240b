"""Text as people write it: comparing without regard to case and accents, tidying without losing anything."""

import re
import unicodedata

# Letters that Unicode keeps whole, as people without them on their keyboard write them.
_WHOLE = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ħ": "h", "ı": "i", "ŧ": "t", "æ": "ae", "œ": "oe", "ð": "d",
                        "þ": "th"})  # fmt: skip


def tidy(text: str) -> str:
    """The text in NFC with white space at both ends removed and runs of it made one space."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def fold(text: str) -> str:
    """The text for comparing: tidy, lower case, without accents; ``É`` is ``e``, ``ß`` is ``ss``, ``ø`` is ``o``."""
    if text.isascii():
        return " ".join(text.lower().split())
    apart = unicodedata.normalize("NFKD", text.casefold().translate(_WHOLE))
    bare = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return " ".join(unicodedata.normalize("NFC", bare).split())


def plural(count: int, one: str, many: str | None = None) -> str:
    """The count and its word: ``1 customer``, ``3 customers``; ``many`` where the plural is not ``one`` plus s."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def listing(words: list[str], last: str = "and") -> str:
    """The words as a person lists them: ``a``, ``a and b``, ``a, b and c``."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


_STARTS_FORMULA = re.compile("'*[=+\\-@\t\r＝＋－＠]").match


def with_apostrophe(text: str) -> str:
    """The text as a cell a spreadsheet will not calculate."""
    return f"'{text}" if _STARTS_FORMULA(text) else text


def without_apostrophe(cell: str) -> str:
    """The text ``with_apostrophe`` made the cell from; any other cell as it is."""
    return cell[1:] if cell[:1] == "'" and _STARTS_FORMULA(cell) else cell
