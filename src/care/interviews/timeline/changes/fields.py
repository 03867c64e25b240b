"""How a row looked before a change beside how it looked after it, in words."""

from collections.abc import Mapping
from typing import Any

from care.text import plural

SHOWN = {
    "name": "name", "company_id": "company", "segment": "segment", "status": "status", "country": "country",
    "zone": "zone", "joined_on": "customer since", "birth_day": "birth day", "birth_month": "birth month",
    "birth_year": "birth year", "email": "e-mail", "phone": "phone", "remember": "remember", "stance": "stance",
    "paused_until": "paused until", "dnc_reason": "do-not-call", "left_reason": "left", "merged_into": "merged into",
}  # fmt: skip
"""The columns of a customer that a person knows, as they are said. What care works out itself is left out."""

NOUNS = {
    "contact": ("number or address", "numbers or addresses"), "answer": ("answer",), "call": ("call",),
    "attempt": ("try", "tries"), "raiser": ("issue raised", "issues raised"), "promise": ("promise",),
    "gold": ("wish or trigger", "wishes or triggers"), "touch": ("contact", "contacts"),
    "transcript": ("transcript",), "owing": ("touch to come", "touches to come"),
}  # fmt: skip
"""What else there is about a customer, as it is counted."""

ACTS = {"insert": "added", "update": "changed", "delete": "taken away"}


def differences(old: Mapping[str, Any], new: Mapping[str, Any], companies: Mapping[int, str]) -> list[str]:
    """Each column a person knows that is another after a change: ``name: Kari → Karin``."""
    said = []
    for column, name in SHOWN.items():
        before, after = (_word(column, row.get(column), companies) for row in (old, new))
        if before != after:
            said.append(f"{name}: {before} → {after}")
    return said


def counted(rows: Mapping[tuple[str, str], int]) -> list[str]:
    """How many rows of what were added, changed or taken away: ``3 answers added``; the key is noun and act."""
    return [f"{plural(n, *NOUNS[noun])} {ACTS[act]}" for (noun, act), n in rows.items() if noun in NOUNS]


def _word(column: str, value: Any, companies: Mapping[int, str]) -> str:
    if value is None or value == "":
        return "–"
    if column == "company_id":
        return companies.get(int(value), "–")
    return f"customer {value}" if column == "merged_into" else str(value)
