"""A sheet printed, filled in by hand in sloppy ways, and read back: the same notes, or the line that cannot be."""

from collections.abc import Callable

import pytest

from care.customers.records import Person
from care.exchange.sheets.headings import SheetQuestion
from care.exchange.sheets.reader import header_of, read_sheet
from care.exchange.sheets.writing import markdown
from care.exchange.texts import decoded
from care.interviews.guide import SEEDS
from care.interviews.notes import CallNotes, FoundGold, MadePromise, RaisedIssue, ToldIssue
from care.interviews.records import CallQuestion, CustomerIssue, LastAnswer
from care.interviews.sheets.filled import BadLine, FilledForm
from care.interviews.sheets.notes import FormContext, notes_of
from care.interviews.sheets.records import CallForm
from care.words import GoldKind, How, IssueKind, IssueState, QuestionKind, Reading, Stance
from stores import MONDAY, later

EVERY = [seed for seed in SEEDS if seed.kind is QuestionKind.EVERY]
DEEPER = next(seed for seed in SEEDS if seed.key == "wishes")
ASKED = tuple(
    CallQuestion(n, seed.key, seed.text, seed.probes, seed.reading) for n, seed in enumerate([*EVERY, DEEPER], 1)
)
QUESTIONS = [SheetQuestion(seed.key, seed.text, next((one.number for one in ASKED if one.key == seed.key), None))
             for seed in SEEDS]  # fmt: skip
SETTLED = CustomerIssue(
    7,
    "Export: drops columns",
    IssueState.FIXED,
    IssueKind.ISSUE,
    "every month [by hand]",
    MONDAY.date(),
    MONDAY.date(),
    False,
)
PRINTED = CallForm(
    store="4f0c 91d2 77ae",
    customer=Person(12, "Kari Nordmann", "Fjord AS", "+4722123456", "Europe/Oslo"),
    call=41,
    version=0,
    caller="Ann",
    questions=ASKED,
    remember="Her daughter's exam: in May",
    tell=(SETTLED,),
    opening="Good morning, this is Ann.",
)
CONTEXT = FormContext(later(days=2), "UTC", {"ann": "Ann", "bo": "Bo"}, "Ann", MONDAY)
NOTES = CallNotes(
    how=How.VIDEO,
    at=later(hours=-1),
    caller="Bo",
    answers={
        "promises": "you do, except the bill\n“I have stopped opening the invoice”",
        "ease": "easy enough: one call",
        "life": "her exam is in May",
        "wishes": "answer within a day",
    },
    readings={"promises": Reading.MIXED, "ease": Reading.GOOD},
    issues=(RaisedIssue(title="Invoices wrong", words="Invoices wrong"),
            RaisedIssue(id=9, words="for me too", kind=IssueKind.FAILURE)),
    promises=(MadePromise(what="Send the guide", due_on=later(days=4).date()),),
    gold=(FoundGold(kind=GoldKind.WISH, words="always answer within a day"),),
    told=(ToldIssue(id=7, reaction="pleased"),),
    remember="The exam",
    stance=Stance.NEUTRAL,
    sold=False,
    defended=True,
    again_on=later(days=14).date(),
    listeners=("Cy", "Dan"),
    minutes=17,
)  # fmt: skip

AS_PRINTED = [
    ("- Outcome: [ ] reached", "- Outcome: [x] reached"), ("- When:", "- When: 2026-11-23 08:00"),
    ("- Caller: Ann", "- Caller: Bo"), ("[ ] video", "[x] video"), ("- Minutes:", "- Minutes: 17"),
    ("- With:", "- With: Cy, Dan"),
    ("that never came?_\n\n- Reading: [ ] good  [ ] mixed",
     "that never came?_\n\n- Reading: [ ] good  [x] mixed"),
    ("[ ] bad\n\n\n## 2", "[ ] bad\n\nyou do, except the bill\nquote: I have stopped opening the invoice\n\n## 2"),
    ("ask twice?_\n\n- Reading: [ ] good", "ask twice?_\n\n- Reading: [x] good"),
    ("[ ] bad\n\n\n## 4", "[ ] bad\n\neasy enough: one call\nissue: Invoices wrong\n\n## 4"),
    ("outside of work?_\n", "outside of work?_\n\nher exam is in May\n"),
    ("change for you?_\n", "change for you?_\n\nanswer within a day\n"),
    ("[ ] neutral", "[x] neutral"), ("I sold: [ ] yes  [ ] no", "I sold: [ ] yes  [x] no"),
    ("us: [ ] yes", "us: [x] yes"), ("- Call again:", "- Call again: 2026-12-07"),
    ("[ ] pleased", "[x] pleased"), ("- Remember:", "- Remember: The exam"),
    ("- Failure:", "- Failure: i9 = for me too"), ("- Promise:", "- Promise: Send the guide by friday"),
    ("- Wish:", "- Wish: always answer within a day"),
]  # fmt: skip

WITH_HEADINGS_OF_THEIR_OWN = """
Kari Nordmann

**care sheet** · Store: 4F0C 91D2 77AE · call 41 · version 0

#1) Promises
* reading: mixed
* you do, except the bill
* **quote:** I have stopped opening the invoice

###ease - How difficult are we to do business with?
Reading = g

   easy enough: one call

## What is your life like
her exam is in May
## Wishes ##
answer within a day

Outcome: reached
When: 2026-11-23 8:00
Caller: bo
How: video
Min: 17 or so
With: Cy,Dan
They are a: neutral
Sold: no
I defended: Yes!
Again: 7 december
Told i7: pleased
REMEMBER: The exam
Issue: Invoices wrong
failure: i9: for me too
Promise: Send the guide by friday
wish:always answer within a day
"""

IN_ANOTHER_ORDER = """## After hanging up
- I sold: ( ) yes (x) no
- I defended us: (X) yes ( ) no
- Stance:
  - [ ] fan
  - [✓] neutral
  - [ ] critic
- Remember:
  The exam
- Call again: 2026-12-07
- Told i7 Export: drops columns: [ ] not fixed [x] pleased

## Issues
- Invoices wrong
## Failures
- i9 = for me too
## Promise
- Send the guide by friday
## Wish
- always answer within a day

wishes:
• answer within a day
life: her exam is in May
5. What is your life like?
______
3 ease
☑ good ☐ mixed ☐ bad
• easy enough: one call
**1. promises: How well do we deliver on our promises?**
☐ good ☒ mixed ☐ bad
– you do, except the bill
> “I have stopped opening the invoice”

## The call
date: 2026-11-23 08:00
called by: Bo
☐ phone ☑ video ☐ visit ☐ mail
duration: 17
listeners: Cy, Dan
care sheet store 4f0c-91d2-77ae call c41 version 0
"""


def by_number(printed: str) -> str:
    """Without a heading: the questions by their numbers, one line each."""
    return (
        "care sheet · store 4f0c-91d2-77ae · call c41 · version 0\n"
        "When: 2026-11-23 08:00\nCaller: Bo\nHow: video\nMinutes: 17\nWith: Cy, Dan\n"
        "1: you do, except the bill\nreading mixed\nquote: “I have stopped opening the invoice”\n"
        "3) easy enough: one call\nissue: Invoices wrong\n[x] good\n"
        "5. her exam is in May\n6. answer within a day\n"
        "stance neutral\nI sold: no\nI defended us: yes\nCall again: in 2 weeks\n"
        "told: i7 = pleased\nremember: The exam\nfailure: i9=for me too\npromise: Send the guide by 27 nov\n"
        "wish: always answer within a day\n"
    )


def as_printed(printed: str) -> str:
    for old, new in AS_PRINTED:
        assert old in printed, old
        printed = printed.replace(old, new, 1)
    return printed


def through_an_editor(printed: str) -> str:
    """Windows line ends, a mark at the beginning, trailing spaces, escaped boxes, lines underlined and wrapped."""
    text = as_printed(printed).replace("[x]", "\\[x\\]").replace("_Probe", "*Probe").replace("?_", "?*")
    text = text.replace("## The call\n", "The call\n--------\n").replace("- ", "-   ")
    return "\ufeff" + "\r\n".join(line + "  " for line in text.splitlines())


WAYS: dict[str, Callable[[str], str]] = {
    "as printed": as_printed,
    "through an editor": through_an_editor,
    "with headings of their own": lambda printed: WITH_HEADINGS_OF_THEIR_OWN,
    "in another order": lambda printed: IN_ANOTHER_ORDER,
    "by number": by_number,
}


def read(text: str) -> FilledForm:
    return read_sheet("kari.md", text, QUESTIONS)


@pytest.mark.parametrize("way", WAYS)
def test_however_it_was_filled_in_it_says_the_same(way: str) -> None:
    filled = read(WAYS[way](markdown(PRINTED)))
    header = filled.header
    assert (header.store, header.call, header.version, header.customer) == ("4f0c 91d2 77ae", 41, 0, None)
    assert ordered(notes_of(filled, CONTEXT)) == ordered(NOTES)


def ordered(notes: CallNotes) -> dict[str, object]:
    """The notes with no word for the order they were written in."""
    said = dict(notes)
    said["answers"] = sorted(notes.answers.items())
    said["readings"] = sorted(notes.readings.items())
    said["issues"] = sorted(notes.issues, key=lambda one: one.words or "")
    return said


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "latin-1", "utf-16", "utf-16-le", "utf-16-be"])
def test_however_it_was_saved_it_says_the_same(encoding: str) -> None:
    text = "# Sjö AB\n\ncare sheet store 4f0c-91d2-77ae call c41 version 0\n\n## life\nen båt, og café é\n"
    content = text.encode(encoding)
    filled = read(decoded("a.md", content))
    assert [line.text for line in filled.answers["life"]] == ["en båt, og café é"]


@pytest.mark.parametrize("content", [b"PK\x03\x04\x00", b"%PDF-1.7", b"abc\x00defgh", b"{\\rtf1 hello}"])
def test_what_is_no_text_is_refused(content: bytes) -> None:
    with pytest.raises(Exception, match=r"^a\.md is .*Save it as plain text"):
        decoded("a.md", content)


def test_a_sheet_nobody_wrote_on_is_blank() -> None:
    assert read(markdown(PRINTED)).is_blank
    assert not read(as_printed(markdown(PRINTED))).is_blank
    blank = PRINTED._replace(customer=None, call=None, tell=(), deeper=("wishes", "word"))
    assert read(markdown(blank)).is_blank
    named = markdown(blank).replace("- Customer:", "- Customer: kari")
    assert header_of(named).who == (named.splitlines().index("- Customer: kari") + 1, "kari")


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        ("and one more thing", "line 2: “and one more thing” cannot be placed"),
        ("\n\nhello there", "line 4: “hello there” cannot be placed"),
        ("## The invoice story", "line 2: no question is called “The invoice story”"),
        ("## ease\nReading: lovely", "line 3: reading “lovely” is none of good, mixed, bad"),
        ("## ease\n[x] good [x] bad", "line 3: both “good” and “bad” are ticked"),
        ("## ease\nReading: good\nReading: bad", "line 4: reading is “bad” here and “good” on line 3"),
        ("Outcome: gone fishing", "line 2: outcome “gone fishing” is none of reached, no answer"),
        ("quote: who said this?", "line 2: “quote: who said this?” cannot be placed"),
        ("Told i7: [x] pleased [x] not fixed", "line 2: both “pleased” and “not fixed” are ticked"),
    ],
)
def test_what_cannot_be_placed_is_named(lines: str, says: str) -> None:
    with pytest.raises(BadLine) as refused:
        read(_after_title(lines))
    assert says in refused.value.sentence


def _after_title(line: str) -> str:
    return f"# Kari\n{line}"


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("Promise: call them", "line 2: promise cannot be “call them”. Write it like “send the guide by friday”."),
        ("Promise: call by 01/02/2026", "line 2: the date of the promise: “01/02/2026”"),
        ("When: yesterweek", "line 2: “yesterweek”"),
        ("Caller: Zoe", "line 2: nobody in the team is called “Zoe”: Ann, Bo."),
        ("Minutes: 9999", "line 2: minutes: "),
        ("Outcome: no answer\n## ease\nhm", "line 2: answers needs a talk, and the outcome is no-answer."),
    ],
)
def test_what_cannot_be_meant_is_named(line: str, says: str) -> None:
    with pytest.raises(BadLine) as refused:
        notes_of(read(_after_title(line)), CONTEXT)
    assert says in refused.value.sentence


def test_what_is_on_record_is_printed_and_read_back_whole() -> None:
    hard = {"promises": "issue: not one\n# nor a heading\n- dash\n7 of 9\nease\n[x] good", "ease": "Reading: bad"}
    last = LastAnswer("life", "?", "a boat\nand a dog", None, MONDAY.date(), True)
    kept = NOTES.model_copy(update={"answers": NOTES.answers | hard, "told": (), "again_on": None})
    asked = tuple(one._replace(last=last) for one in ASKED)
    printed = markdown(PRINTED._replace(notes=kept, questions=asked, written="2026-11-23 08:00", version=3))
    again = notes_of(read(printed), CONTEXT)
    assert ordered(again) == ordered(kept)


def test_what_we_print_of_last_time_is_not_read_as_said() -> None:
    last = LastAnswer("life", "?", "- [x] good\n## ease\nissue: the bill", Reading.GOOD, MONDAY.date(), True)
    printed = markdown(PRINTED._replace(questions=tuple(one._replace(last=last) for one in ASKED)))
    assert "_Last time, 23 November 2026, good: “- [x] good ## ease issue: the bill”_" in printed
    assert read(printed).is_blank
    wrapped = printed.replace("good: “-", "good:\n“-")
    assert read(wrapped).is_blank
