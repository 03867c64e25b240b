"""Every section of the report as it is shown: at 60, 80 and 110 columns, piped, as Markdown and as a page."""

import io
import re
from datetime import UTC, date, datetime

import pytest
from syrupy.assertion import SnapshotAssertion

from care.customers.records import Person
from care.gold.records import VeinIssue
from care.issues.records import IssueRecord, RaiserRecord
from care.owed.records import OwedCounts, OwedItem
from care.reports.gold import GoldReport, KeptShare, VeinOutcome
from care.reports.heard_records import Heard, HeardShare, QuarterChange, Quote
from care.reports.neglected import Neglected, NeglectedCustomer, Neglectee
from care.reports.open_issues import OpenCounts
from care.reports.practice import Practice
from care.reports.rates import Cases, rates
from care.reports.records import Report
from care.reports.section import BY_NAME, SECTIONS
from care.reports.selection_records import BesideDraws, ChosenGroup, Conduct, Exits, Selection, Spread
from care.reports.telling import LoopCounts
from care.reports.told import YouSaid, YouSaidWeDid
from care.reports.weeks_kept import WeekDone
from care.views.report import show_report, written_report
from care.views.screen import Screen
from care.views.written.html import to_html
from care.views.written.markdown import to_markdown
from care.words import GoldKind, IssueKind, IssueState, Reading, Trend, VeinState

DAY, UNTIL = date(2026, 10, 27), date(2026, 11, 23)
AT = datetime(2026, 10, 27, 9, tzinfo=UTC)
LONG = "Every month I repair the exported file by hand, and nobody could tell me why the columns move about"


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        """It is one."""
        return True


def owed_item(number: int, kind: str, what: str, overdue: int, state: str, owner: str | None) -> OwedItem:
    customer = Person(number, f"Customer {number} of a Long Name")
    return OwedItem(number, kind, customer, what, DAY, overdue, state, owner, f"{kind[0]}{number}")


def an_issue(number: int, title: str, kind: IssueKind = IssueKind.ISSUE, *, new: bool = False) -> IssueRecord:
    raisers = tuple(RaiserRecord(100 + n, f"Raiser {n}", False) for n in range(number))
    by = date(2026, 11, 3) if kind is IssueKind.FAILURE else None
    return IssueRecord(
        number, title, IssueState.OPEN, kind, 3 * number, "Ann" if number % 2 else None, raisers, DAY, AT, None, None,
        0, new=new, recover_by=by,
    )  # fmt: skip


OWED = (
    owed_item(1, "promise", "to ring back about the invoice", 26, "broken", "Ann"),
    owed_item(2, "recover", LONG, 12, "open", None),
    owed_item(3, "tell", "Export drops columns", 9, "fixed", "Bo"),
    owed_item(4, "word", "Invoices in two currencies", 0, "open", "Cy"),
    *(owed_item(n, "promise", f"a price list {n}", 0, "open", "Ann") for n in range(5, 9)),
)
ISSUES = (
    an_issue(1, LONG),
    an_issue(2, "The order was lost", IssueKind.FAILURE),
    *(an_issue(n, f"Wish number {n}", new=n == 4) for n in range(3, 10)),
)
HEARD = Heard(
    7, 6,
    (Quote(1, "Kari Nordmann", "ease", LONG, Reading.BAD, DAY, True),
     Quote(2, "Ola Hansen", "word", "It just works.", Reading.GOOD, DAY, False)),
    (HeardShare("ease", 4, 6, 0.66, 0.3, 0.9, 5, 0.36, 0.82, (("retail", "joined 2026-10"),),
                QuarterChange("2026-Q2", "2026-Q3", Trend.UP, 0.3, 0.1, 0.5, None)),
     HeardShare("promises", 5, 6, 0.83, 0.44, 0.97, 0, 0.8, 0.9, (),
                QuarterChange("2026-Q2", "2026-Q3", Trend.UNCLEAR, 0.1, -0.1, 0.3, 0.31)),
     HeardShare("word", 1, 2, 0.5, 0.09, 0.91)),
)  # fmt: skip
NEGLECTED = Neglected(
    1, 1_240, 1_500, 5, 2031, 248, 24,
    (NeglectedCustomer(Neglectee(1, "Per Olsen", "A Company With a Name That Does Not Fit Anywhere"), DAY, 400,
                       "13 months of silence"),
     NeglectedCustomer(Neglectee(2, "Eva Lund", None), None, None, "never heard, only sold to")),
)  # fmt: skip
PRACTICE = Practice(
    4, tuple(WeekDone(f"2026-W{42 + n}", 5, 5 - n // 4, n) for n in range(6)), 31, 15, 14, 12, 2, {"Ann": 9, "Bo": 5},
    ("Cy", "Dagny"),
)  # fmt: skip
GOLD = GoldReport(
    (VeinOutcome(1, "g1", LONG, GoldKind.WISH, VeinState.PROMISE, 7, DAY, None, "An answer within a day",
                 KeptShare(9, 12, 0.75, 0.47, 0.91, DAY), None),
     VeinOutcome(2, "g2", "Found us by a friend", GoldKind.TRIGGER, VeinState.OPEN, 4, DAY, None, None, None, 120),
     VeinOutcome(3, "g3", "A quicker export", GoldKind.WISH, VeinState.ISSUE, 3, DAY,
                 VeinIssue(7, "Export", IssueState.FIXED), None, None, None),
     *(VeinOutcome(n, f"g{n}", f"Wish {n}", GoldKind.WISH, VeinState.DROPPED, 1, DAY, None, None, None, None)
       for n in range(4, 13))),
    3,
)  # fmt: skip
CASES = Cases(40, 5, 9, 0, 2)
SELECTION = Selection(
    "no sign of favour", DAY, "4f0c91d2", 22, 1_500, 1_200, {"no-phone": 21, "prospect": 3}, 276, 0.04, "segment", 2,
    (Spread("country", (ChosenGroup("Norway", 900, 60, 58.4), ChosenGroup("none said", 300, 18, 19.6)),
            "no sign of favour: differences this large come up in 4 of 10 honest draws"),
     Spread("spend", (), "too few to tell", (1200.0, 1100.0))),
    (Spread("stance", (ChosenGroup("critics", 12, 9, 9.1), ChosenGroup("fans and neutral", 44, 31, 30.9)),
            "too few to tell"),),
    Exits(3, 1, 0.4, "too few to tell"), CASES, rates(CASES), (Conduct("Ann", 2, 1, 0), Conduct("Bo", 0, 0, 3)),
    BesideDraws(1, 4, 1, 0, 2, 0, 0),
)  # fmt: skip
TOLD = YouSaidWeDid(
    (YouSaid(LONG, 3, IssueState.FIXED, "The columns stay where they are.", DAY),
     YouSaid("A printed catalogue", 1, IssueState.DECLINED, None, DAY)),
    4,
)  # fmt: skip
RECORDS = {
    "owed": OWED, "open_issues": ISSUES, "heard": HEARD, "neglected": NEGLECTED, "practice": PRACTICE, "gold": GOLD,
    "selection": SELECTION, "told": TOLD,
}  # fmt: skip
TOTALS = {
    "owed": OwedCounts(broken=1, recover=1, tell=1, where_it_stands=1, promised=1_200, longest_days=9),
    "open_issues": OpenCounts(9, 11, 27),
    "telling": LoopCounts(5, 3, 12.0, 1.0, 1, 2, 1),
}
EMPTY = {
    "owed": (), "open_issues": (), "heard": Heard(0, 0, (), ()),
    "neglected": Neglected(0, 0, 9, 5, None, None, None, ()), "practice": Practice(0, (), 0, 0, 0, 0, 0, {}, ()),
    "gold": GoldReport((), 0), "told": YouSaidWeDid((), 0),
}  # fmt: skip
NO_TOTALS = {
    "owed": OwedCounts(), "open_issues": OpenCounts(0, 0, 0), "telling": LoopCounts(0, 0, None, None, 0, 0, 0)
}  # fmt: skip


def report_of(*names: str, in_a_line: tuple[str, ...] = (), everything: bool = False) -> Report:
    sections = {name: RECORDS[name] for name in (*names, *in_a_line)}
    return Report("Fjord Books", DAY, UNTIL, "4f0c91d277ae", sections, in_a_line, TOTALS, everything)


def shown(report: Report, columns: int, monkeypatch: pytest.MonkeyPatch) -> str:
    """The report as a terminal of so many columns shows it, without its colours."""
    monkeypatch.setenv("COLUMNS", str(columns))
    monkeypatch.setenv("TERM", "xterm")
    stream = Terminal()
    show_report(Screen(stream), report)
    return re.sub(r"\x1b\[[0-9;]*m", "", stream.getvalue())


def every_way(report: Report, monkeypatch: pytest.MonkeyPatch) -> str:
    """The report at each width, piped and as Markdown, one below the other."""
    ways = {f"{columns} columns": shown(report, columns, monkeypatch) for columns in (60, 80, 110)}
    ways |= {"piped": written_report(report), "Markdown": to_markdown(report)}
    return "\n".join(f"--- {way} ---\n{text}" for way, text in ways.items())


def test_every_section_has_a_record_here() -> None:
    assert list(RECORDS) == [section.name for section in SECTIONS]


@pytest.mark.parametrize("name", RECORDS)
def test_section(name: str, snapshot: SnapshotAssertion, monkeypatch: pytest.MonkeyPatch) -> None:
    assert every_way(report_of(name), monkeypatch) == snapshot


@pytest.mark.parametrize("name", EMPTY)
def test_section_with_nothing_in_it(name: str, snapshot: SnapshotAssertion, monkeypatch: pytest.MonkeyPatch) -> None:
    report = Report("", DAY, UNTIL, None, {name: EMPTY[name]}, (), NO_TOTALS)
    assert every_way(report, monkeypatch) == snapshot


@pytest.mark.parametrize("name", RECORDS)
def test_page(name: str, snapshot: SnapshotAssertion) -> None:
    page = to_html(report_of(name))
    assert page[page.index("<main>") : page.index("</main>")] == snapshot


def test_the_team_meeting(snapshot: SnapshotAssertion, monkeypatch: pytest.MonkeyPatch) -> None:
    assert every_way(report_of("owed", "practice", in_a_line=("gold",)), monkeypatch) == snapshot


def test_every_line_where_everything_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    few, every = (
        shown(report_of("owed", "open_issues", everything=everything), 110, monkeypatch) for everything in (False, True)
    )
    assert "a price list 8" not in few
    assert "a price list 8" in every
    assert "Wish number 9" in every


@pytest.mark.parametrize("columns", [60, 80, 110])
def test_no_line_is_wider_than_the_terminal(columns: int, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = shown(report_of(*RECORDS), columns, monkeypatch).splitlines()
    assert max(len(line) for line in lines) <= columns


def test_a_section_says_the_same_on_a_page_as_on_a_screen() -> None:
    """Every block of every section can be printed by all: none asks a page for what only a terminal has."""
    report = report_of(*RECORDS)
    for section in SECTIONS:
        for terminal in (False, True):
            assert list(BY_NAME[section.name].blocks(report.sections[section.name], report, terminal))
    assert to_html(report).count("<section") == to_markdown(report).count("\n## ") == len(SECTIONS)
