"""The list of sections, and how they are named."""

import pytest

from care.errors import WrongUsage
from care.reports.anonymise import initials
from care.reports.section import IN_A_LINE, MEETING, SECTIONS, sections_named


def test_sections_and_names() -> None:
    assert sections_named(["Issues", "open-issues", "owed"]) == ["open_issues", "owed"]
    with pytest.raises(WrongUsage, match="Did you mean practice"):
        sections_named(["practise"])
    assert initials("Kari  Nordmann-Berg") == "K. N."


def test_the_team_meeting_has_the_weekly_sections_and_the_others_are_on_request() -> None:
    assert MEETING == ("owed", "open_issues", "heard", "neglected", "practice")
    assert IN_A_LINE == ("gold",)
    assert [section.name for section in SECTIONS if section.on_request] == ["selection", "told"]
    with pytest.raises(WrongUsage, match="owed, open_issues, heard, neglected, practice, gold, selection, told"):
        sections_named(["zzz"])
