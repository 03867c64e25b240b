"""What people type into a search: words, phrases and filters, and never a command to the full text."""

import sqlite3
from collections.abc import Iterator

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from care.errors import WrongUsage
from care.interviews.search_query import (
    BadFilter,
    NothingToLookFor,
    Query,
    SearchWord,
    TooMuch,
    full_text_query,
    names_said,
    read_query,
    spans,
    unused,
)


@pytest.fixture(scope="module")
def texts() -> Iterator[sqlite3.Connection]:
    """A full text as a store has it, with something in it."""
    connection = sqlite3.connect(":memory:")
    tokens = "porter unicode61 remove_diacritics 2"
    connection.execute(f"CREATE VIRTUAL TABLE t USING fts5(words, tokenize='{tokens}')")
    said = "and the invoice was late, NEAR(the end) 100% or “not” at all; ålways läte — 第三"
    connection.execute("INSERT INTO t VALUES (?)", (said,))
    yield connection
    connection.close()


WORDS = [SearchWord("late"), SearchWord("invoice")]


@pytest.mark.parametrize(
    ("said", "query"),
    [
        (["late invoice"], Query((SearchWord("late"), SearchWord("invoice")))),
        (["late", "invoice"], Query((SearchWord("late"), SearchWord("invoice")))),
        (['"late invoice" now'], Query((SearchWord("late invoice"), SearchWord("now")))),
        (["“late invoice”"], Query((SearchWord("late invoice"),))),
        (['"late'], Query((SearchWord("late"),))),
        (["invoi*"], Query((SearchWord("invoi", True),))),
        (['"late inv"*'], Query((SearchWord("late inv", True),))),
        (["a**"], Query((SearchWord("a", True),))),
        (["AND", "NOT", "NEAR(", "*", "-", "🦀"], Query((SearchWord("AND"), SearchWord("NOT"), SearchWord("NEAR(")))),
        (["-late"], Query((SearchWord("-late"),))),
        (["10:30", "https://x.no"], Query((SearchWord("10:30"), SearchWord("https://x.no")))),
        (["late customer:kari since:may QUESTION:Ease"], Query((SearchWord("late"),), "kari", "Ease", "may")),
        (['late customer:"Kari Nordmann" x'], Query((SearchWord("late"), SearchWord("x")), "Kari Nordmann")),
        (["late", "customer:Kari Nordmann"], Query((SearchWord("late"),), "Kari Nordmann")),
        (["since:2 weeks ago", "late"], Query((SearchWord("late"),), None, None, "2 weeks ago")),
        (["customer:kari late"], Query((SearchWord("late"),), "kari")),
        (["a\0b \udcff"], Query((SearchWord("a"), SearchWord("b")))),
    ],
)
def test_what_is_typed_is_read(said: list[str], query: Query) -> None:
    assert read_query(said) == query


@pytest.mark.parametrize(
    ("said", "error", "words"),
    [
        ([""], NothingToLookFor, "nothing to look for"),
        (["  "], NothingToLookFor, "nothing to look for"),
        (["-"], NothingToLookFor, "“-”"),
        (['"'], NothingToLookFor, '“"”'),
        (["💛 *"], NothingToLookFor, "“💛 \\*”"),
        (["customer:kari"], NothingToLookFor, "beside the filters"),
        (["late customer:"], BadFilter, "nothing follows customer:"),
        (["late customer: kari"], BadFilter, "nothing follows customer:"),
        (['late question:""'], BadFilter, "nothing follows question:"),
        (["late since:may since:june"], BadFilter, "since: is said twice"),
        (["x " * 33], TooMuch, "32 words"),
        (["x" * 1001], TooMuch, "1,000 letters"),
    ],
)
def test_what_cannot_be_looked_for_is_said(said: list[str], error: type[WrongUsage], words: str) -> None:
    with pytest.raises(error, match=words):
        read_query(said)


def test_every_word_is_quoted() -> None:
    assert (
        full_text_query([SearchWord("late"), SearchWord('a"b', True), SearchWord("NEAR(x")])
        == '"late" "a""b"* "NEAR(x"'
    )


@given(st.lists(st.text(max_size=40), min_size=1, max_size=3))
@example(['AND OR "NOT'])
@example(["NEAR(a b, 3)"])
@example(["words : a ^b {x} a+b"])
@example(['"" "" a"*'])
@example(["第三 हिन्दी ﷺ"])
@example(["\U000e0001\u0301 a"])
def test_whatever_is_typed_is_answered_or_refused(texts: sqlite3.Connection, said: list[str]) -> None:
    try:
        query = read_query(said)
    except WrongUsage:
        return
    texts.execute("SELECT rowid FROM t WHERE t MATCH ?", (full_text_query(query.words),)).fetchall()


@pytest.mark.parametrize("said", ["AND", "near(", "100%", '"the end"', "invoic*", "ALWAYS late", "-or-", "not", "Läte"])
def test_words_that_look_like_commands_are_found(texts: sqlite3.Connection, said: str) -> None:
    match = full_text_query(read_query([said]).words)
    assert texts.execute("SELECT rowid FROM t WHERE t MATCH ?", (match,)).fetchall() == [(1,)]


def test_a_phrase_is_found_in_that_order_only(texts: sqlite3.Connection) -> None:
    for said, found in (('"was late"', [(1,)]), ('"late was"', []), ('"invoice wa"*', [(1,)])):
        match = full_text_query(read_query([said]).words)
        assert texts.execute("SELECT rowid FROM t WHERE t MATCH ?", (match,)).fetchall() == found


def test_names_are_not_looked_for_by_one_letter() -> None:
    assert (names_said(WORDS), names_said([SearchWord("a"), SearchWord("kari")])) == ("late invoice", "")


@pytest.mark.parametrize(
    ("words", "marked", "found"),
    [
        ("a late one", "a [late] one", ((2, 6),)),
        ("late, late", "[late], [late]", ((0, 4), (6, 10))),
        ("none", "none", ()),
        ("changed", "[chan]g", ()),
        ("", "", ()),
    ],
)
def test_hits_are_placed_in_the_words(words: str, marked: str, found: tuple[tuple[int, int], ...]) -> None:
    assert spans(words, marked, "[", "]") == found


def test_a_mark_that_was_said_gets_longer() -> None:
    assert unused(["hei"]) == ("\x02.", "\x03.")
    assert unused(["a\x02.b"]) == unused(["a", "\x03."]) == ("\x02..", "\x03..")


@given(*(st.text(alphabet="\x02\x03.ab", max_size=6) for _ in range(3)))
def test_marks_are_never_taken_for_what_was_said(head: str, hit: str, tail: str) -> None:
    before, after = unused([head + hit + tail])
    placed = ((len(head), len(head) + len(hit)),)
    assert spans(head + hit + tail, head + before + hit + after + tail, before, after) == placed
