"""Customers' text made harmless for a terminal and for a pipe, visibly: nothing vanishes, nothing commands.

Markup is not looked at here; whoever prints puts the text into a rich ``Text``, which knows none.
"""

import re
import unicodedata

SPACES = re.compile(r"[ \t\r\n]+")

JOINERS = "\u200c\u200d"  # they hold families of emoji together, and shape Persian and Indian words


def safe(text: str) -> str:
    """The text as one harmless line; runs of spaces, tabs and line breaks become one space.

    Control characters show as their pictures (``␛``). What would turn, hide or break text (bidirectional marks, zero
    width, C1, line separators, tags, private, unassigned and half characters) shows as its number: ``<U+202E>``.
    Printable text of any script stays as it is, and what is safe already does not change.
    """
    if text.isprintable() and "  " not in text:
        return text
    line = SPACES.sub(" ", text)
    if line.isprintable():
        return line
    return "".join(
        char if char.isprintable() or _is_kept(line, place, char) else _visible(char) for place, char in enumerate(line)
    )


def safe_data(text: str) -> str:
    """The text made harmless with every space and line break where it was, for data that is shown as it is written."""
    return "".join(char if char in "\n " or char.isprintable() else _visible(char) for char in text)


def safe_spaced(words: str) -> str:
    """The words made safe, with the spaces around them kept that align a line."""
    bare = words.strip(" ")
    lead = len(words) - len(words.lstrip(" "))
    return " " * lead + safe(bare) + " " * (len(words) - lead - len(bare)) if bare else words


def clip(text: str, width: int) -> str:
    """The text cut to so many terminal cells, its last one ``…`` where something was cut; empty for no width."""
    from rich.cells import cell_len

    if cell_len(text) <= width:
        return text
    if width < 1:
        return ""
    # Characters take none, one or two cells: find the longest beginning that leaves a cell for … by halving.
    fits, too_long = 0, len(text)
    while too_long - fits > 1:
        middle = (fits + too_long) // 2
        if cell_len(text[:middle]) < width:
            fits = middle
        else:
            too_long = middle
    return text[:fits].rstrip(f" {JOINERS}") + "…"


def _is_kept(line: str, place: int, char: str) -> bool:
    if char in JOINERS:
        return 0 < place < len(line) - 1 and _is_joinable(line[place - 1]) and _is_joinable(line[place + 1])
    return unicodedata.category(char) == "Zs"


def _is_joinable(neighbour: str) -> bool:
    return not neighbour.isascii() and neighbour.isprintable()


def _visible(char: str) -> str:
    code = ord(char)
    if code < 0x20:
        return chr(0x2400 + code)
    return "␡" if code == 0x7F else f"<U+{code:04X}>"
