"""After hanging up: what is asked, in which order, and what the keys make of the notes."""

from datetime import date, timedelta

import pytest

from care.customers.records import Person
from care.interviews.note_taking import NoteTaking
from care.interviews.notes import issue_said, promise_said
from care.interviews.records import CallQuestion, CustomerIssue, Interview
from care.interviews.triage import checks, sorted_notes, undated
from care.owed.records import PromiseRecord
from care.words import IssueKind, IssueState, PromiseState, Stance
from stores import MONDAY

KEYS = ("promises", "problems", "ease", "challenges", "life", "wishes")
TODAY = MONDAY.date()
OLA = Person(2, "Ola Hansen")


def plan(**more: object) -> Interview:
    questions = tuple(CallQuestion(n, key, f"{key}?", (), key in KEYS[:3]) for n, key in enumerate(KEYS, 1))
    known = ((2, "Invoices wrong"), (5, "Login takes two days"), (7, "Export drops columns"))
    return Interview(OLA, 41, questions, (), known, (), "Hello", False, TODAY)._replace(**more)


def noted(given: Interview, *lines: str) -> NoteTaking:
    notes = NoteTaking(given.questions)
    for line in lines:
        notes.take(line)
    return notes


def asked(given: Interview, notes: NoteTaking, **pressed: str) -> list[str]:
    return [one.ref for one in checks(given, notes, pressed)]


LAST = ["stance", "sold", "defended", "again"]


def test_a_talk_with_one_note_asks_little() -> None:
    assert asked(plan(), noted(plan(), "they are fine")) == ["reading promises", *LAST]
    assert asked(plan(), noted(plan(), "/life", "a garden")) == LAST
    assert asked(plan(), noted(plan())) == LAST


def test_what_sounds_like_an_open_issue_is_asked_about() -> None:
    notes = noted(plan(), "you do", "but the invoices are wrong", "/life", "the export drops half of the columns", "")
    found = [one for one in checks(plan(), notes, {}) if one.near]
    assert [(one.ref, [(near.id, near.title) for near in one.near], one.keys, one.optional) for one in found] == [
        ("passage promises 1", [(2, "Invoices wrong")], "yn", True),
        ("passage life 0", [(7, "Export drops columns")], "yn", True),
    ]
    said = sorted_notes(plan(), notes, {"passage promises 1": "y", "passage life 0": ""})
    assert said["issue"] == ["i2=but the invoices are wrong"]
    assert sorted_notes(plan(), notes, {"passage life 0": "n"})["issue"] == ["the export drops half of the columns"]


def test_a_bad_answer_may_be_an_issue() -> None:
    notes = noted(plan(), "slow", "very slow")
    assert asked(plan(), notes, **{"reading promises": "b"}) == ["reading promises", "passage promises 0", *LAST]
    assert asked(plan(), notes, **{"reading promises": "m"}) == ["reading promises", *LAST]
    both = {"reading promises": "b", "passage promises 0": "y"}
    assert (sorted_notes(plan(), notes, both)["issue"], sorted_notes(plan(), notes, both)["reading"]) == (
        ["slow"], ["promises=bad"],
    )  # fmt: skip
    marked = noted(plan(), "slow", "issue: Slow on Mondays")
    assert asked(plan(), marked, **{"reading promises": "b"}) == ["reading promises", *LAST]


def test_marked_issues_are_joined_or_new() -> None:
    notes = noted(
        plan(), "issue: wrong invoices again", "failure: the export drops columns", "issue: i5", "issue: i5=three days",
        "issue: i99", "issue: Something else",
    )  # fmt: skip
    assert asked(plan(), notes) == ["issue 0", "failure 0", *LAST]
    new = sorted_notes(plan(), notes, {})
    assert (new["issue"], new["failures"]) == (
        ["wrong invoices again", "“i99”", "Something else", "i5=three days"], ["the export drops columns"],
    )  # fmt: skip
    joined = sorted_notes(plan(), notes, {"issue 0": "y", "failure 0": "y"})
    assert joined["issue"] == ["“i99”", "Something else", "i2=wrong invoices again", "i5=three days"]
    assert joined["failures"] == ["i7=the export drops columns"]
    assert issue_said("“i99”", IssueKind.ISSUE).id is None  # nobody knows an i99: a title like any other


def test_one_issue_is_joined_once_with_all_they_said_of_it() -> None:
    notes = noted(plan(), "the invoices are wrong", "4", "wrong invoices, always")
    pressed = {"passage promises 0": "y", "passage challenges 0": "y"}
    assert sorted_notes(plan(), notes, pressed)["issue"] == ["i2=the invoices are wrong\nwrong invoices, always"]


def test_several_near_issues_are_a_numbered_choice() -> None:
    given = plan(open_issues=((1, "Invoices wrong in May"), (2, "Invoices wrong in June"), (3, "No parking")))
    notes = noted(given, "issue: invoices wrong")
    (check,) = [one for one in checks(given, notes, {}) if one.near]
    assert (check.keys, [near.id for near in check.near]) == ("12n", [1, 2])
    assert sorted_notes(given, notes, {"issue 0": "2"})["issue"] == ["i2=invoices wrong"]


def test_what_to_tell_and_promises_that_are_due() -> None:
    def issue(number: int, state: IssueState) -> CustomerIssue:
        return CustomerIssue(number, "x", state, IssueKind.ISSUE, None, TODAY, TODAY, False)

    def promise(number: int, days: int) -> PromiseRecord:
        due = TODAY + timedelta(days=days)
        return PromiseRecord(number, "send it", OLA, due, PromiseState.OPEN, 0, "Ann", TODAY)

    given = plan(
        tell=(issue(7, IssueState.FIXED), issue(8, IssueState.DECLINED)),
        promises=(promise(1, -3), promise(2, 0), promise(3, 1)),
    )
    notes = noted(given)
    assert asked(given, notes) == ["tell 7", "tell 8", "kept 1", "kept 2", *LAST]
    keys = {one.ref: one.keys for one in checks(given, notes, {})}
    assert (keys["tell 7"], keys["tell 8"], keys["kept 1"]) == ("pn", "au", "y")
    said = sorted_notes(given, notes, {"tell 7": "n", "tell 8": "a", "kept 1": "", "kept 2": "y"})
    assert (said["told"], said["kept"]) == (["i7=not fixed", "i8=accepted"], [2])
    assert sorted_notes(given, notes, {})["told"] == []


def test_the_rest_of_the_keys() -> None:
    notes = noted(plan(), "wish: tea", "trigger: truth", "remember: the old boat", "remember: the new boat")
    pressed = {"stance": "c", "sold": "y", "defended": "n", "again": "2026-12-07 09:00"}
    said = sorted_notes(plan(), notes, pressed)
    assert (said["stance"], said["sold"], said["defended"], said["again"]) == (
        Stance.CRITIC, True, False, "2026-12-07 09:00",
    )  # fmt: skip
    assert (said["wish"], said["trigger"], said["remember"]) == (["tea"], ["truth"], "the new boat")
    nothing = sorted_notes(plan(), noted(plan()), {"stance": "", "sold": "", "defended": "", "again": ""})
    assert (nothing.get("stance"), nothing["sold"], nothing["defended"], nothing.get("again")) == (None,) * 4
    assert nothing["answer"] == []


@pytest.mark.parametrize(
    ("promise", "key", "says", "due"),
    [
        ("send it by friday", "", "send it", date(2026, 11, 27)),
        ("send it", "2026-12-07", "send it", date(2026, 12, 7)),
        ("stand by them by nobody knows when", "2026-12-07", "stand by them", date(2026, 12, 7)),
    ],
)
def test_a_promise_has_a_day(promise: str, key: str, says: str, due: date) -> None:
    notes = noted(plan(), f"promise: {promise}")
    assert asked(plan(), notes) == [*LAST[:3], "by 0", "again"]
    (made,) = sorted_notes(plan(), notes, {"by 0": key})["promise"]
    read = promise_said(made, MONDAY, "UTC")
    assert (read.what, read.due_on) == (says, due)
    assert undated("send it") == "send it"
