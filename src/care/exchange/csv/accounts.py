"""The columns of the account: who of us looks after it, when they like to be called, what they spent."""

import re
from collections.abc import Sequence
from decimal import Decimal

from care.customers.names import said_often
from care.exchange.csv.column_plan import ColumnPlan
from care.exchange.csv.fields import Field
from care.text import tidy
from care.times.hours import read_hours

Account = tuple[str | None, str | None, float | None]
"""Owner, hours and spend."""

NOTHING: Account = (None, None, None)

_WEEK = read_hours("09:00-18:00")  # for who names days only; which hours those are, the store says

_MOST_SPELLINGS = 1000

# An amount with its currency on either side, and its figures: in thousands, or as they come.
_UNIT = r"[^\W\d]{0,3}[^\w\s,-]?\s*"

_AMOUNT = re.compile(rf"(-?){_UNIT}(-?)(\d[\d.,'\s]*){_UNIT}").fullmatch

_THOUSANDS = re.compile(r"[1-9]\d{0,2}([,.])\d{3}(?:\1\d{3})*(?:(?!\1)[,.](\d{1,2}))?").fullmatch

_FIGURES = re.compile(r"\d+(?:[,.]\d+)?").fullmatch


class AccountColumns:
    """Reads these columns of a plan; ``is_there`` is false where a file has none of them."""

    def __init__(self, plan: ColumnPlan) -> None:
        self._owner, self._hours, self._spend = (
            next(iter(plan.columns_of(field)), -1) for field in (Field.OWNER, Field.HOURS, Field.SPEND)
        )
        self.is_there = max(self._owner, self._hours, self._spend) >= 0
        self._known: dict[str, str | None] = {}

    def read(self, row: Sequence[str], missed: list[tuple[int, str, bool]]) -> Account:
        """What the row says of the account; a cell that cannot be read goes to the missed, with its column."""
        owner = hours = spend = None
        if self._owner >= 0:
            owner = said_often(row[self._owner]) or None
        if self._hours >= 0 and (cell := row[self._hours]) and not cell.isspace():
            hours = self._read_hours(cell)
            if hours is None:
                missed.append((self._hours, cell, False))
        if self._spend >= 0 and (cell := row[self._spend]) and not cell.isspace():
            spend = amount_said(cell)
            if spend is None:
                missed.append((self._spend, cell, False))
        return owner, hours, spend

    def _read_hours(self, cell: str) -> str | None:
        if cell not in self._known:
            try:
                read_hours(cell, _WEEK)
                hours = tidy(cell)
            except ValueError:
                hours = None
            if len(self._known) >= _MOST_SPELLINGS:
                return hours
            self._known[cell] = hours
        return self._known[cell]


def amount_written(amount: float) -> str:
    """The amount as ``amount_said`` reads it: never with three decimals, which it would take for thousands."""
    figures = format(Decimal(repr(amount)), "f").removesuffix(".0")
    return f"{figures}0" if len(figures.partition(".")[2]) == 3 else figures


def amount_said(cell: str) -> float | None:
    """The amount in a cell, whatever its currency: ``$1,234.50``, ``1.234,50 €``, ``1 234``; None if it is none.

    One comma or dot before three last digits parts thousands, for money has two decimals at most.
    """
    found = _AMOUNT(cell.strip())
    if found is None:
        return None
    figures = re.sub(r"['\s]", "", found[3]).rstrip(",.")
    thousands = _THOUSANDS(figures)
    if thousands:
        whole = figures[: len(figures) - len(thousands[2] or "")]
        figures = f"{re.sub('[,.]', '', whole)}.{thousands[2] or 0}"
    elif not _FIGURES(figures):
        return None
    amount = float(figures.replace(",", "."))
    return -amount if found[1] or found[2] else amount
