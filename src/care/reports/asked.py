"""What a report is asked for."""

from dataclasses import dataclass
from difflib import get_close_matches

from care.errors import WrongUsage
from care.reports.period import Period

SECTIONS = ("owed", "open_issues", "heard", "neglected", "practice")
"""The sections of the team meeting."""


IN_A_LINE = ("gold",)
"""The sections of which the team meeting has one line; named, they are shown in full."""


ON_REQUEST = ("selection", "told")
"""The sections that are shown when they are named."""


@dataclass(frozen=True, slots=True)
class Asking:
    """Which sections, of what time, with what in them. ``everything`` asks for every line, not the first few.

    Those of ``in_a_line`` are shown in one.
    """

    sections: tuple[str, ...]
    period: Period
    private: bool = False
    initials: bool = False
    everything: bool = False
    in_a_line: tuple[str, ...] = ()


def sections_named(said: list[str]) -> list[str]:
    """The sections meant, in the order said; ``open-issues`` and ``issues`` are ``open_issues``. Raises WrongUsage."""
    names = []
    for one in said:
        plain = one.strip().lower().replace("-", "_")
        name = "open_issues" if plain == "issues" else plain
        known = (*SECTIONS, *IN_A_LINE, *ON_REQUEST)
        if name not in known:
            near = get_close_matches(name, known, 1)
            hint = f"Did you mean {near[0]}?" if near else f"There are {', '.join(known)}."
            raise WrongUsage(f"the report has no section “{one}”. {hint}")
        names.append(name)
    return list(dict.fromkeys(names))


def initials(name: str) -> str:
    """A name as its initials: ``Kari Nordmann`` becomes ``K. N.``"""
    return " ".join(f"{word[0]}." for word in name.split() if word)
