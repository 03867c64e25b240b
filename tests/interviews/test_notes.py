"""Notes as they are typed: taken line by line, what one line says, and what a try can have yielded."""

from datetime import date, timedelta

import pytest
from pydantic import ValidationError

from care.errors import BadSetting, WrongUsage
from care.interviews.note_taking import LineResult, NoteTaking, minutes_talked, talk_over
from care.interviews.notes import (
    LONGEST,
    CallNotes,
    MadePromise,
    RaisedIssue,
    ToldIssue,
    issue_said,
    keyed,
    promise_said,
    reading_said,
    told_said,
)
from care.interviews.records import CallQuestion
from care.touches.dates import NEAR_DAYS, coming_dates, next_anniversary
from care.words import CallKind, Outcome, Reading, Stance
from stores import MONDAY

KEYS = ("promises", "problems", "ease", "challenges", "life", "wishes")


def note_taking(*lines: str) -> tuple[NoteTaking, list[LineResult]]:
    notes = NoteTaking([CallQuestion(number, key, f"{key}?", (), True) for number, key in enumerate(KEYS, 1)])
    return notes, [notes.take(line) for line in lines]


def test_talk_jumps_and_the_notes_follow() -> None:
    notes, steps = note_taking(
        "you do, except the bill", "quote: I have stopped opening it", "4", "cannot find bookkeepers",
        "wish: always answer within a day", "/pro", "one more thing", "", "fine", "?", "9", "/zzz",
        "REMEMBER:  the boat ",
        "issue: late invoices", ".",
    )  # fmt: skip
    assert notes.answer("promises") == "you do, except the bill\n“I have stopped opening it”\none more thing"
    assert (notes.answer("challenges"), notes.answer("problems"), notes.answer("ease")) == (
        "cannot find bookkeepers", "fine", None,
    )  # fmt: skip
    assert notes.marked_as("wish") == ["always answer within a day"]
    assert (notes.marked_as("remember"), notes.marked_as("issue"), notes.marked_as("trigger")) == (
        ["the boat"], ["late invoices"], [],
    )  # fmt: skip
    assert [one.key for one in notes.marked] == ["challenges", "problems", "problems"]
    assert [steps[place] for place in (2, 7, 9, 10, 11, 14)] == [
        LineResult.WENT_ON,
        LineResult.WENT_ON,
        LineResult.PROBES,
        LineResult.UNKNOWN,
        LineResult.UNKNOWN,
        LineResult.ENDED,
    ]


def test_a_draft_is_the_entries_and_no_more() -> None:
    notes, _ = note_taking("a", "", "b", "3", "wish: c", "?", "77", "/life", "d", " 4", ".")
    again, _ = note_taking()
    for entry in notes.entries:
        again.replay(entry)
    assert (again.answers, again.marked, again.at) == (notes.answers, notes.marked, notes.at)
    assert again.entries == notes.entries
    assert [(one.line, one.key) for one in notes.entries] == [
        ("a", "promises"), ("", "problems"), ("b", "problems"), ("", "ease"), ("wish: c", "ease"), ("", "life"),
        ("d", "life"), ("4", "life"),
    ]  # fmt: skip


def test_a_draft_finds_its_questions_again_in_another_order() -> None:
    notes, _ = note_taking("a", "4", "b", "6", "c", "7 days")
    again = NoteTaking(
        [CallQuestion(n, key, "?", (), True) for n, key in enumerate(("life", "challenges", "promises"), 1)]
    )
    for entry in notes.entries:
        again.replay(entry)
    assert again.answers == {"promises": ["a"], "challenges": ["b", "c", "7 days"]}  # nobody asks for wishes any more


def test_a_blank_line_after_the_last_question_ends() -> None:
    notes, steps = note_taking("6", "a", "")
    assert steps[-1] is LineResult.ENDED
    assert [one.line for one in notes.entries] == ["", "a"]
    empty, steps = note_taking(*[""] * 6)
    assert (steps, empty.has_notes) == ([LineResult.WENT_ON] * 5 + [LineResult.ENDED], False)


@pytest.mark.parametrize("line", ["7", "4", ".", "?", "/ease", "/zzz", "12"])
@pytest.mark.parametrize("space", [" ", "\t", "   "])
def test_a_space_makes_anything_their_words(line: str, space: str) -> None:
    notes, [step] = note_taking(space + line)
    assert (step, notes.answer("promises"), notes.at) == (LineResult.NOTED, line, 0)


def test_a_page_that_was_pasted_is_their_words_but_for_its_markers() -> None:
    notes, _ = note_taking()
    page = ["", "The first.", "", "4", ".", "?", "/ease", "  wish: a lamp  ", "issue:", "", "The last.", "", ""]
    assert {notes.take(line, pasted=True) for line in page} == {LineResult.NOTED}
    assert notes.answer("promises") == "The first.\n\n4\n.\n?\n/ease\nissue:\n\nThe last."
    assert notes.passages("promises") == ["The first.", "4", ".", "?", "/ease", "issue:", "The last."]
    assert (notes.marked_as("wish"), notes.at, list(notes.answers)) == (["a lamp"], 0, ["promises"])
    only, _ = note_taking()
    only.take("", pasted=True)
    assert (only.has_notes, only.answer("promises")) == (False, None)


def test_an_answer_too_long_for_the_store_is_refused_when_it_is_noted() -> None:
    notes, steps = note_taking("x" * LONGEST, "y", "", "y", "issue: " + "z" * LONGEST)
    assert steps == [LineResult.NOTED, LineResult.TOO_LONG, LineResult.WENT_ON, LineResult.NOTED, LineResult.TOO_LONG]
    assert notes.answer("promises") == "x" * LONGEST
    CallNotes(at=MONDAY, caller="Ann", answers={"promises": "x" * LONGEST})
    with pytest.raises(ValidationError):
        CallNotes(at=MONDAY, caller="Ann", answers={"promises": "x" * LONGEST + "y"})


def test_a_question_of_ones_own_can_be_jumped_to_by_its_name() -> None:
    notes = NoteTaking([CallQuestion(1, "ease", "?", (), True), CallQuestion(2, "night-shift_2", "?", (), False)])
    assert [notes.take(one) for one in ("/night-shift_2", "a", "/EASE", "b")] == [
        LineResult.WENT_ON, LineResult.NOTED, LineResult.WENT_ON, LineResult.NOTED,
    ]  # fmt: skip
    assert notes.answers == {"night-shift_2": ["a"], "ease": ["b"]}


def test_minutes_come_from_the_clock() -> None:
    assert [minutes_talked(MONDAY, MONDAY + timedelta(seconds=one)) for one in (0, 59, 60, 1079, 90_000)] == [
        0, 0, 1, 17, 1440,
    ]  # fmt: skip
    assert minutes_talked(MONDAY, MONDAY - timedelta(hours=1)) == 0  # the clock was put back
    assert [talk_over(MONDAY, MONDAY + timedelta(minutes=one)) for one in (9, 11)] == [False, True]


@pytest.mark.parametrize("line", ["issue:", "issues: late", "an issue: late", "123", "3 times", "3."])
def test_what_only_looks_like_a_marker_or_a_jump_is_an_answer(line: str) -> None:
    notes, [step] = note_taking(line)
    assert (step, notes.answer("promises")) == (LineResult.NOTED, line)


@pytest.mark.parametrize(
    ("day", "month", "today", "on"),
    [
        (23, 11, date(2026, 11, 23), date(2026, 11, 23)),  # today's is today's
        (22, 11, date(2026, 11, 23), date(2027, 11, 22)),
        (1, 1, date(2026, 12, 31), date(2027, 1, 1)),
        (29, 2, date(2027, 2, 1), date(2027, 2, 28)),
        (29, 2, date(2027, 3, 1), date(2028, 2, 29)),
        (29, 2, date(2028, 2, 29), date(2028, 2, 29)),
        (29, 2, date(2028, 3, 1), date(2029, 2, 28)),
    ],
)
def test_when_a_day_comes_round(day: int, month: int, today: date, on: date) -> None:
    assert next_anniversary(day, month, today) == on


def test_only_near_dates_are_mentioned_the_nearest_first() -> None:
    today = date(2026, 11, 23)
    near = coming_dates((7, 12), date(2020, 11, 25), today)
    assert [(one.kind, one.in_days) for one in near] == [("joined", 2), ("birthday", 14)]
    assert NEAR_DAYS == 14
    assert coming_dates((8, 12), None, today) == ()
    assert coming_dates(None, None, today) == ()


def test_what_one_line_says() -> None:
    assert keyed(" Ease = slow = bad ", "--answer", "x") == ("ease", "slow = bad")
    assert reading_said("ease=GOOD") == ("ease", Reading.GOOD)
    assert issue_said("i7") == RaisedIssue(id=7)
    assert issue_said("I7 = their words") == RaisedIssue(id=7, words="their words")
    assert issue_said("i7 is broken") == RaisedIssue(title="i7 is broken", words="i7 is broken")
    assert issue_said("x" * 600) == RaisedIssue(title="x" * 500, words="x" * 600)
    assert (told_said("i7=pleased"), told_said("i7")) == (ToldIssue(id=7, reaction="pleased"), ToldIssue(id=7))
    assert promise_said("stand by her by 2026-12-01", MONDAY, "UTC") == MadePromise(
        what="stand by her", due_on=date(2026, 12, 1)
    )


@pytest.mark.parametrize("said", ["ease", "=good", "ease=", "ease=fine"])
def test_a_reading_that_cannot_be_read(said: str) -> None:
    with pytest.raises(BadSetting, match="--reading"):
        reading_said(said)


def test_lines_that_cannot_be_read() -> None:
    for refused in (
        lambda: issue_said("  "),
        lambda: promise_said("call back", MONDAY, "UTC"),
        lambda: promise_said("call back by the moon", MONDAY, "UTC"),
        lambda: told_said("late"),
        lambda: told_said("i7="),
    ):
        with pytest.raises(WrongUsage):
            refused()


@pytest.mark.parametrize("outcome", [one for one in Outcome if one is not Outcome.REACHED])
@pytest.mark.parametrize(
    "yields",
    [
        {"answers": {"ease": "x"}}, {"readings": {"ease": "good"}}, {"issues": [{"title": "x"}]}, {"told": [{"id": 1}]},
        {"promises": [{"what": "x", "due_on": "2026-12-01"}]}, {"gold": [{"kind": "wish", "words": "x"}]},
        {"stance": Stance.FAN}, {"listeners": ["Bo"]},
    ],
)  # fmt: skip
def test_only_a_talk_yields(outcome: Outcome, yields: dict[str, object]) -> None:
    assert CallNotes(at=MONDAY, caller="Ann", **yields).outcome is Outcome.REACHED
    with pytest.raises(ValidationError, match="needs a talk"):
        CallNotes(at=MONDAY, caller="Ann", outcome=outcome, **yields)
    assert CallNotes(at=MONDAY, caller="Ann", outcome=outcome, remember="in May", again_on=date(2027, 5, 3))


@pytest.mark.parametrize(
    "wrong", [{"caller": " "}, {"minutes": -1}, {"minutes": 1441}, {"answers": {"ease": " "}}, {"mood": 1}]
)
def test_notes_that_make_no_sense(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        CallNotes(**{"at": MONDAY, "caller": "Ann", **wrong})


def test_more_notes_replace_answers_and_add_what_was_found() -> None:
    first = CallNotes(
        at=MONDAY, caller="Ann", kind=CallKind.DRAWN, answers={"ease": "fine", "life": "busy"}, minutes=20,
        issues=(RaisedIssue(id=1),), told=(ToldIssue(id=2),), listeners=("Bo",), stance=Stance.FAN,
    )  # fmt: skip
    more = CallNotes(
        at=MONDAY + timedelta(days=1), caller="Bo", answers={"ease": "quite"}, minutes=30, issues=(RaisedIssue(id=3),)
    )
    assert first.with_more(more, {"answer", "issue", "minutes"}) == first.model_copy(
        update={
            "kind": None,
            "answers": {"ease": "quite", "life": "busy"},
            "minutes": 30,
            "issues": (RaisedIssue(id=1), RaisedIssue(id=3)),
            "told": (),
        }
    )
    assert first.with_more(more, {"at", "caller", "listeners"}).listeners == ()
    assert first.with_more(more, {"at", "caller"}).caller == "Bo"
