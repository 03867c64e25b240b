"""Keeping spreadsheets from running a customer's text as a formula, and taking that back when it returns.

A cell that begins with one of ``= + - @``, their full-width forms, a tab or a carriage return gets an apostrophe in
front. So does one that begins with apostrophes before such a sign: only then does every text come back as it was.
"""

import re

_STARTS_FORMULA = re.compile("'*[=+\\-@\t\r＝＋－＠]").match


def with_apostrophe(text: str) -> str:
    """The text as a cell a spreadsheet will not calculate."""
    return f"'{text}" if _STARTS_FORMULA(text) else text


def without_apostrophe(cell: str) -> str:
    """The text ``with_apostrophe`` made the cell from; any other cell as it is."""
    return cell[1:] if cell[:1] == "'" and _STARTS_FORMULA(cell) else cell
