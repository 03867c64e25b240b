"""What is said to whoever raised an issue: their words, the day, what became of it, and nothing else."""

from datetime import date

import pytest

from care.interviews.notes import CallNotes, RaisedIssue
from care.interviews.record import record
from care.issues.editing import note_issue
from care.issues.letter_words import LetterFacts, what_to_say
from care.issues.letters import write_letters
from care.issues.raising import join_issue, raise_issue
from care.issues.telling import settle_issue, tell_raiser
from care.words import CallKind, IssueKind, IssueState
from stores import MONDAY, Store, later, people

FACTS = LetterFacts(
    "Kari Nordmann", "Export drops columns", IssueState.FIXED, IssueKind.ISSUE, "I repair it by hand.",
    date(2026, 3, 14), "Ann", "It keeps every column",
)  # fmt: skip


def but(**values: object) -> LetterFacts:
    return FACTS._replace(**values)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        (FACTS, ["On 14 March 2026 you told me: “I repair it by hand.”", "It is fixed now: It keeps every column.",
                   "Thank you for telling us. Is it right for you now?"]),
        (but(heard_by="Bo", note=None, words="always late!"),
         ["On 14 March 2026 you told us: “always late!”", "It is fixed now."]),
        (but(words=None), ["On 14 March 2026 you told me about this: Export drops columns."]),
        (but(kind=IssueKind.FAILURE), ["That was our failure, and I am sorry."]),
        (but(reopened=1), ["When we said that it was fixed, it was not. I am sorry."]),
        (but(state=IssueState.DECLINED, note="too few want it"),
         ["We thought about it, and we will not do it. This is why: too few want it.", "without an answer"]),
        (but(state=IssueState.OPEN, note="Bo has found it"),
         ["It is not done yet. This is where it stands: Bo has found it.", "as soon as there is more"]),
        (but(state=IssueState.OPEN, note=None), ["It is not done yet, and not forgotten."]),
    ],
)  # fmt: skip
def test_what_there_is_to_say(facts: LetterFacts, said: list[str]) -> None:
    sentences = what_to_say(facts, "Ann", "Fjord Books")
    assert (sentences[0], sentences[-1]) == ("Hello Kari Nordmann, this is Ann of Fjord Books.", "Ann")
    for words in said:
        assert any(words in one for one in sentences), (words, sentences)


def test_without_a_company_nothing_is_left_hanging() -> None:
    assert what_to_say(FACTS, "Ann", "")[0] == "Hello Kari Nordmann, this is Ann."


def test_only_who_was_not_told_gets_a_draft_and_nothing_changes(store: Store) -> None:
    store.take(people(3))
    with store.changing() as session:
        notes = CallNotes(at=MONDAY, caller="Bo", kind=CallKind.CHOSEN, issues=(RaisedIssue(title="Export drops"),))
        record(session, 1, notes, MONDAY)
        join_issue(session, 1, 2, later(days=1), words="mine too")
        join_issue(session, 1, 3, later(days=2))
        note_issue(session, 1, "first", "Ann", later(days=2))
        note_issue(session, 1, "Bo has found it", "Ann", later(days=3))
    with store.reading() as session:
        still_open = write_letters(session, 1, "Bo", later(days=9))
    assert (still_open.note, [one.word_days for one in still_open.drafts]) == ("Bo has found it", [9, 8, 7])
    assert "you told me about this: Export drops." in still_open.drafts[0].say[1]  # a title is ours, no quotation
    with store.changing(later(days=9)) as session:
        settle_issue(session, 1, IssueState.FIXED, "mended", later(days=9))
        tell_raiser(session, 1, 2, "Person 0002", None, "Ann", later(days=9))
    before = store.dump()
    with store.reading() as session:
        found = write_letters(session, 1, "Ann", later(days=9))
    assert [(one.customer.id, one.words, one.said_on) for one in found.drafts] == [
        (1, "Export drops", MONDAY.date()), (3, None, later(days=2).date()),
    ]  # fmt: skip
    assert store.dump() == before


def test_a_draft_names_no_number_of_ours_and_nobody_else(store: Store) -> None:
    store.take(people(2))
    with store.changing() as session:
        raise_issue(session, "Export drops", 1, MONDAY, kind=IssueKind.FAILURE)
        join_issue(session, 1, 2, MONDAY, words="mine too")
        settle_issue(session, 1, IssueState.FIXED, "mended", MONDAY)
        first, second = write_letters(session, 1, "Ann", MONDAY).drafts
    for mine, other in ((first, second), (second, first)):
        said = " ".join(mine.say)
        for never in ("i1", other.customer.name, "failure #", "neglected", "critic", "grade"):
            assert never not in said
    assert "mine too" not in " ".join(first.say)
