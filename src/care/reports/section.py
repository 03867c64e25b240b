"""The sections of a report: a new one is its file and a line in the list below."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, NamedTuple

from care.errors import WrongUsage
from care.reports import gold, heard, neglected, open_issues, owed, practice, selection, told
from care.reports.blocks import Block, Words
from care.reports.records import Asking, Gathered, Report

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


class Section(NamedTuple):
    """One section: how its record is gathered, and the blocks it is shown as.

    ``blocks`` takes the record, the report it is part of, and whether it is a terminal that shows them, where the first
    few lines of a list are enough. A section with ``in_a_line`` is one line of the team meeting, empty where there is
    nothing to say, and shown in full when it is named; one that is ``on_request`` is shown only then. ``on_top`` yields
    what stands above all sections.
    """

    name: str
    gather: "Callable[[Session, Asking, datetime], Gathered]"
    blocks: Callable[[Any, Report, bool], Iterable[Block]]
    in_a_line: Callable[[Any], Words] | None = None
    on_request: bool = False
    on_top: Callable[[Any, Report, bool], Iterable[Block]] | None = None


SECTIONS = (
    Section("owed", owed.gather, owed.blocks),
    Section("open_issues", open_issues.gather, open_issues.blocks, on_top=open_issues.failures),
    Section("heard", heard.gather, heard.blocks),
    Section("neglected", neglected.gather, neglected.blocks),
    Section("practice", practice.gather, practice.blocks),
    Section("gold", gold.gather, gold.blocks, in_a_line=gold.in_a_line),
    Section("selection", selection.gather, selection.blocks, on_request=True),
    Section("told", told.gather, told.blocks, on_request=True),
)

BY_NAME = {section.name: section for section in SECTIONS}

MEETING = tuple(section.name for section in SECTIONS if not section.in_a_line and not section.on_request)
"""The sections of the team meeting."""

IN_A_LINE = tuple(section.name for section in SECTIONS if section.in_a_line)
"""The sections of which the team meeting has one line."""


def sections_named(names: Sequence[str]) -> list[str]:
    """The sections meant, in the order said; ``open-issues`` and ``issues`` are ``open_issues``. Raises WrongUsage."""
    meant = []
    for said in names:
        plain = said.strip().lower().replace("-", "_")
        name = "open_issues" if plain == "issues" else plain
        if name not in BY_NAME:
            near = get_close_matches(name, BY_NAME, 1)
            hint = f"Did you mean {near[0]}?" if near else f"There are {', '.join(BY_NAME)}."
            raise WrongUsage(f"the report has no section “{said}”. {hint}")
        meant.append(name)
    return list(dict.fromkeys(meant))
