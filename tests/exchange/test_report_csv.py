"""The report as a CSV: a row for each thing, under the names of its JSON, and no cell that is calculated."""

import csv
import io
from datetime import date

from care.customers.records import Person
from care.issues.records import IssueRecord, RaiserRecord
from care.owed.records import OwedItem
from care.reports.neglected import Neglected, NeglectedCustomer, Neglectee
from care.reports.practice import Practice
from care.reports.records import Report
from care.reports.weeks_kept import WeekDone
from care.views.written.csv import report_csv
from care.words import IssueKind, IssueState
from stores import MONDAY

DAY = date(2026, 11, 23)


def rows_of(**sections: object) -> list[dict[str, str]]:
    """What a spreadsheet reads of a report of these sections, without the empty cells."""
    text = report_csv(Report("Fjord", DAY, DAY, None, sections))
    return [{key: value for key, value in row.items() if value} for row in csv.DictReader(io.StringIO(text))]


def test_each_thing_has_a_row_and_what_is_below_it_says_so() -> None:
    raisers = (RaiserRecord(1, "Kari", True), RaiserRecord(2, "Ola", False, words="=cmd|' /C calc'!A0"))
    issue = IssueRecord(
        7, "Export", IssueState.FIXED, IssueKind.ISSUE, 3, "Ann", raisers, DAY, MONDAY, None, None, 1, new=True
    )
    head, kari, ola = rows_of(open_issues=(issue,))
    assert head == {
        "section": "open_issues", "id": "7", "title": "Export", "state": "fixed", "kind": "issue", "age_days": "3",
        "owner": "Ann", "blocking": "no", "opened_on": "2026-11-23", "opened_at": MONDAY.isoformat(), "waiting": "1",
        "new": "yes",
    }  # fmt: skip
    assert kari == {
        "section": "open_issues.raised_by",
        "of_id": "7",
        "id": "1",
        "name": "Kari",
        "told": "yes",
        "reopened": "0",
    }
    assert (ola["name"], ola["told"], ola["words"]) == ("Ola", "no", "'=cmd|' /C calc'!A0")


def test_records_inside_others_are_columns_and_lists_and_counts_are_rows() -> None:
    owed = OwedItem(3, "promise", Person(1, "@Kari", "-Fjord"), "+call", DAY, 0, "open", None, "p3")
    silent = NeglectedCustomer(Neglectee(2, "Ola", None), None, None, "never heard")
    neglected = Neglected(1, 2, 3, 3, 2027, 4, 1, (silent,))
    practice = Practice(1, (WeekDone("2026-W48", 5, 4, 3),), 9, 4, 3, 2, 1, {"Ann": 3}, ("Bo",))
    found = rows_of(owed=(owed,), neglected=neglected, practice=practice)
    assert [row["section"] for row in found] == [
        "owed", "neglected", "neglected.customers", "practice", "practice.weeks", "practice.spoke", "practice.silent"
    ]  # fmt: skip
    first = found[0]
    assert (first["customer_name"], first["customer_company"], first["what"]) == ("'@Kari", "'-Fjord", "'+call")
    assert (found[1]["gone_silent"], found[2]["customer_name"], found[4]["week"]) == ("1", "Ola", "2026-W48")
    assert (found[5]["name"], found[5]["value"], found[6]["value"]) == ("Ann", "3", "Bo")


def test_an_empty_report_has_a_header_alone() -> None:
    assert report_csv(Report("Fjord", DAY, DAY, None, {"owed": ()})) == "section,of_id\r\n"
