"""A transcript with its talk: who is us, words quoted by time, every word found, and nothing left when forgotten."""

import pytest
from test_record import keep, notes

from care.errors import WrongUsage
from care.history.undo import undo_last
from care.interviews.amend import recorded
from care.interviews.move_talk import move
from care.interviews.notes import CallNotes, FoundGold, RaisedIssue
from care.interviews.quotations import FilePassage, Spoken, TranscriptFile, clock, has_times, quoted, speakers_of
from care.interviews.records import Attached
from care.interviews.transcripts import attach, recent_talk
from care.person.forget import forget
from care.words import GoldKind
from stores import MONDAY, Store, later, made_once, people


def said(*speakers: str | None, words: str = "so it is") -> list[FilePassage]:
    return [FilePassage(n, n + 1, one, words * (n + 1)) for n, one in enumerate(speakers)]


@pytest.mark.parametrize(
    ("speakers", "ours", "sure"),
    [
        (("Ann Berg", "Kari Nordmann"), {"Ann Berg"}, True),
        (("ANN", "Bo", "Kari"), {"ANN", "Bo"}, True),
        (("Unknown", "KARI"), {"Unknown"}, True),
        (("Speaker 1", "Speaker 2"), {"Speaker 1"}, False),  # who speaks least
        (("Speaker 2", "Speaker 2", "Speaker 1"), {"Speaker 1"}, False),
        (("Ann", "Ann"), {"Ann"}, True),
        (("Speaker 1",), set(), True),
        ((None, None), set(), True),
        (("Annette", "Kari"), {"Annette"}, True),  # no Ann, yet not Kari either
    ],
)
def test_who_speaks_for_us(speakers: tuple[str | None, ...], ours: set[str], sure: bool) -> None:
    passages = said(*speakers)
    if speakers[:2] == ("Speaker 2", "Speaker 2"):
        passages[2] = passages[2]._replace(words="m")
    found = speakers_of(passages, ["Ann", "Bo"], "Kari Nordmann")
    assert (set(found.ours), found.sure) == (ours, sure)
    assert set(found.theirs) == {one for one in speakers if one} - ours


TALK = [
    Spoken(0, 4_000, "Good morning.", True),
    Spoken(5_000, 9_000, "You do, mostly.", False),
    Spoken(750_400, 760_000, "I have stopped opening it.", False),
    Spoken(761_000, 763_000, "Why?", True),
    Spoken(764_000, 770_000, "It is wrong each month.", False),
    Spoken(3_750_000, 3_755_000, "An hour later.", False),
]


@pytest.mark.parametrize(
    ("text", "becomes"),
    [
        ("@12:30", "“I have stopped opening it.” (12:30)"),
        ("no: @12:30!", "no: “I have stopped opening it.” (12:30)!"),
        ("@12:30-12:50", "“I have stopped opening it. It is wrong each month.” (12:30)"),
        ("@12:30 – @12:41", "“I have stopped opening it.” (12:30)"),
        ("@12:41", "“I have stopped opening it.” (12:41)"),  # while we ask, what they have just said
        ("@0:01", "“You do, mostly.” (0:01)"),
        ("@1:02:30", "“An hour later.” (1:02:30)"),
        ("@62:30", "“An hour later.” (1:02:30)"),
        ("@0:00-0:04", "“Good morning.” (0:00)"),  # they were silent
        ("ann@12:30", "ann@12:30"),
        ("at 12:30", "at 12:30"),
        ("@12:3", "@12:3"),
    ],
)
def test_a_time_becomes_their_words(text: str, becomes: str) -> None:
    before = CallNotes(at=MONDAY, caller="Ann", answers={"ease": text})
    assert quoted(before, TALK).answers["ease"] == becomes
    assert has_times(before) is (text != becomes)


def test_times_are_read_wherever_they_spoke() -> None:
    raised = (RaisedIssue(title="@12:44", words="@12:44"), RaisedIssue(id=3))
    gold = (FoundGold(kind=GoldKind.WISH, words="@0:06"),)
    before = CallNotes(at=MONDAY, caller="Ann", remember="@0:05", issues=raised, gold=gold)
    after = quoted(before, TALK)
    assert after.remember == "“You do, mostly.” (0:05)"
    assert after.issues[0].title == after.issues[0].words == "“It is wrong each month.” (12:44)"
    assert after.gold[0].words == "“You do, mostly.” (0:06)"


def test_a_time_at_which_nobody_spoke_is_named() -> None:
    with pytest.raises(WrongUsage, match=r"nobody spoke at @30:00; the transcript ends at 1:02:35"):
        quoted(CallNotes(at=MONDAY, caller="Ann", answers={"ease": "@30:00"}), TALK)
    assert (clock(65_000), clock(3_661_000)) == ("1:05", "1:01:01")


DRAFT = TranscriptFile(
    "talk.vtt", "d1",
    (FilePassage(0, 4000, "Ann", "Good morning."), FilePassage(5000, 9000, "Kari", "The Zimtstern is stale.")),
)  # fmt: skip


@made_once
def held(store: Store) -> Store:
    """Three customers; call 1 with the first was held an hour ago, and an answer names a time."""
    store.take(people(3))
    keep(store, 1, notes(answers={"ease": "@0:06", "life": "fine"}), MONDAY)
    return store


def attached(store: Store, call: int = 1, draft: TranscriptFile = DRAFT) -> Attached:
    with store.changing(later(hours=1)) as session:
        return attach(session, call, draft, ["Ann"], later(hours=1))


def test_a_transcript_is_kept_whole_and_quoted(held: Store) -> None:
    found = attached(held)
    assert (found.passages, found.ours, found.theirs, found.quoted, found.already) == (
        2,
        ("Ann",),
        ("Kari",),
        True,
        False,
    )
    assert held.rows("SELECT speaker, ours, starts_ms, words, customer_id FROM passage ORDER BY id") == [
        ("Ann", 1, 0, "Good morning.", 1), ("Kari", 0, 5000, "The Zimtstern is stale.", 1),
    ]  # fmt: skip
    assert held.rows("SELECT kind, customer_id, call_id FROM note WHERE words LIKE '%Zimtstern%' ORDER BY kind") == [
        ("answer", 1, 1), ("transcript", 1, 1),
    ]  # fmt: skip
    with held.reading() as session:
        assert recorded(session, 1).answers == {"ease": "“The Zimtstern is stale.” (0:06)", "life": "fine"}


def test_the_same_file_twice_says_so(held: Store) -> None:
    attached(held)
    again = attached(held)
    assert (again.already, held.one("SELECT count(*) FROM transcript")) == (True, 1)
    keep(held, 2, notes(), MONDAY)
    with pytest.raises(WrongUsage, match=r"talk\.vtt is attached to c1 already"):
        attached(held, 2)


def test_a_wrong_time_leaves_nothing_attached(held: Store) -> None:
    keep(held, 2, notes(answers={"ease": "@9:00"}), MONDAY)
    before = held.dump()
    with pytest.raises(WrongUsage, match="nobody spoke at @9:00"):
        attached(held, 2)
    assert held.dump() == before


def test_it_goes_with_the_talk_and_comes_back_with_undo(held: Store) -> None:
    attached(held)
    with held.changing(later(hours=2)) as session:
        move(session, 1, 2, later(hours=2))
    assert held.rows("SELECT DISTINCT customer_id FROM passage") == [(2,)]
    assert held.rows("SELECT customer_id, call_id FROM transcript") == [(2, 2)]
    assert held.rows("SELECT DISTINCT customer_id, call_id FROM note") == [(2, 2)]
    for _ in range(2):
        with held.changing(later(hours=3)) as session:
            undo_last(session, later(hours=3))
    assert held.rows("SELECT DISTINCT customer_id FROM passage") == [(2,)]
    with held.changing(later(hours=4)) as session:
        undo_last(session, later(hours=4))
    assert held.rows("SELECT customer_id, call_id FROM transcript") == [(1, 1)]


def test_the_forgotten_leave_no_word_of_it(held: Store) -> None:
    attached(held)
    with held.changing(later(hours=2)) as session:
        forget(session, 1, later(hours=2))
    assert not [line for line in held.dump() if "Zimtstern" in line or "talk.vtt" in line]
    assert held.rows("SELECT (SELECT count(*) FROM passage), (SELECT count(*) FROM transcript)") == [(0, 0)]


def test_a_transcript_by_itself_is_of_the_last_talk_if_that_was_not_long_ago(held: Store) -> None:
    with held.reading() as session:
        assert recent_talk(session, 1, later(days=7)) == 1
        assert recent_talk(session, 1, later(days=7, seconds=1)) is None
        assert recent_talk(session, 2, MONDAY) is None
