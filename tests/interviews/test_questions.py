"""The guide as a company changes it, and that answers keep the question they were given to."""

from collections import Counter

import pytest
from scipy.stats import chisquare

from care.calls.add import add_chosen
from care.customers.order import place_of
from care.db.settings import put_setting
from care.errors import BadSetting, CareError, WrongUsage
from care.history.undo import undo_last
from care.interviews.brief import brief, call_questions, interview
from care.interviews.errors import (
    AskedAlready,
    KeyTaken,
    LastQuestion,
    NoSuchQuestion,
    NothingReworded,
    NoWords,
    RetiredAlready,
    TooLong,
)
from care.interviews.guide import SEEDS, opening_said
from care.interviews.notes import CallNotes
from care.interviews.queries import answers_of, last_answers
from care.interviews.questions import add_question, guide, question, read_key, restore, retire, reword
from care.interviews.record import record
from care.words import QuestionKind
from stores import KEY, MONDAY, Store, draft, later, people, phone

EVERY = ["promises", "problems", "ease", "challenges", "life"]
DEEPER = ["wishes", "triggers", "wrong", "passion", "feeling", "word"]


def asked(store: Store, place: int = 0, segment: str | None = None) -> list[str]:
    with store.reading() as session:
        return [one.key for one in call_questions(session, place, segment)]


def add(store: Store, key: str, text: str = "How is it?", **more) -> None:
    with store.changing() as session:
        add_question(session, key, text, MONDAY, **more)


def test_the_guide_lists_what_is_asked_in_order(store: Store) -> None:
    with store.reading() as session:
        found = guide(session)
    assert [one.key for one in found.questions] == EVERY + DEEPER
    assert (found.retired, "{caller}" in found.opening) == (0, True)
    assert [(one.text, one.probes) for one in found.questions] == [(one.text, one.probes) for one in SEEDS]


def test_an_own_question_is_asked_with_its_probes_on_every_call(store: Store) -> None:
    add(store, " Delivery ", "How  is our\ndelivery?", probes=("When was it late?", "What then?"), reading=True)
    with store.reading() as session:
        [*_, last] = [one for one in call_questions(session, 3, None) if one.key not in DEEPER]
    assert (last.key, last.text) == ("delivery", "How is our delivery?")
    assert (last.probes, last.reading, last.private) == (["When was it late?", "What then?"], True, False)
    assert (len(asked(store)), asked(store)[5]) == (7, "delivery")


def test_a_deeper_one_takes_its_turn_and_a_private_one_keeps_its_answers_private(store: Store) -> None:
    store.take(people(1))
    add(store, "hope", kind=QuestionKind.DEEPER, private=True)
    assert [asked(store, place)[-1] for place in range(7)] == [*DEEPER, "hope"]
    with store.changing() as session:
        record(session, 1, CallNotes(at=MONDAY, caller="Ann", answers={"hope": "a boat"}), MONDAY)
    assert store.rows("SELECT words, private FROM answer") == [("a boat", 1)]


def test_a_question_for_a_segment_is_asked_of_nobody_else(store: Store) -> None:
    add(store, "gilt", segment=" Gold ")
    add(store, "vein", kind=QuestionKind.DEEPER, segment="gold")
    assert asked(store, 0, "GOLD")[5] == "gilt"
    assert [asked(store, place, "gold")[-1] for place in range(7)] == [*DEEPER, "vein"]
    for segment in (None, "silver"):
        assert {key for place in range(14) for key in asked(store, place, segment)} == {*EVERY, *DEEPER}
    with store.changing() as session:
        from care.customers.add import add_customer

        for name, segment in (("Ann", "Gold"), ("Bo", None)):
            add_customer(session, draft(name, phone(len(name)), segment=segment), MONDAY)
        assert brief(session, 1, "Ann", MONDAY).questions[5].key == "gilt"
        assert [one.number for one in brief(session, 1, "Ann", MONDAY).questions] == [1, 2, 3, 4, 5, 6, 7]
        assert "gilt" not in [one.key for one in interview(session, 2, "Ann", MONDAY).questions]


def test_the_deeper_ones_are_asked_equally_often() -> None:
    from care.interviews.guide import questions_for
    from care.interviews.queries import GuideQuestion

    kind = QuestionKind.DEEPER
    deeper = [GuideQuestion(n, key, kind, False, False, None, [], "?", n) for n, key in enumerate(DEEPER)]
    for cycle in (1, 2):  # the uids of a year in which ten a week are called, and of the one after it
        uids = [f"{number:032x}" for number in range(6000)]
        counted = Counter(questions_for(deeper, place_of(KEY, uid, cycle))[-1].key for uid in uids)
        assert chisquare([counted[key] for key in DEEPER]).pvalue > 0.001, counted


def test_answers_keep_the_wording_they_were_given_to(store: Store) -> None:
    store.take(people(1))
    with store.changing() as session:
        record(session, 1, CallNotes(at=MONDAY, caller="Ann", answers={"ease": "quite"}), MONDAY)
    with store.changing(later(days=1)) as session:
        put = reword(session, "Ease", "Are we easy?", ("And last week?",), later(days=1))
    assert (put.text, put.probes, [one.text for one in put.wordings]) == (
        "Are we easy?", ("And last week?",), [SEEDS[2].text, "Are we easy?"],
    )  # fmt: skip
    with store.changing(later(days=2)) as session:
        add_chosen(session, 1, None, "Ann", later(days=2))
        notes = CallNotes(at=later(days=2), caller="Ann", answers={"ease": "very", "life": "good"})
        record(session, 1, notes, later(days=2))
    with store.reading() as session:
        rows = answers_of(session, [1, 2])
        last = last_answers(session, 1)
    assert [(row.words, row.text) for row in rows if row.key == "ease"] == [
        ("quite", SEEDS[2].text), ("very", "Are we easy?"),
    ]  # fmt: skip
    assert (last["ease"].text, last["life"].text) == ("Are we easy?", SEEDS[4].text)


def test_new_probes_alone_are_no_new_wording(store: Store) -> None:
    with store.changing() as session:
        reword(session, "life", None, ("And at sea?",), MONDAY)
        assert question(session, "life").probes == ("And at sea?",)
        assert len(question(session, "life").wordings) == 1


def test_a_retired_question_is_asked_no_more_and_comes_back_in_its_place(store: Store) -> None:
    with store.changing() as session:
        assert retire(session, "problems", MONDAY).retired_on == MONDAY.date()
        retire(session, "wrong", MONDAY)
    assert asked(store)[:4] == ["promises", "ease", "challenges", "life"]
    assert "wrong" not in {asked(store, place)[-1] for place in range(5)}
    with store.changing() as session:
        found = guide(session)
        assert (found.retired, len(found.questions), len(guide(session, retired=True).questions)) == (2, 9, 11)
        with pytest.raises(RetiredAlready):
            retire(session, "wrong", MONDAY)
        assert restore(session, "problems").retired_on is None
        with pytest.raises(AskedAlready):
            restore(session, "problems")
    assert asked(store)[:2] == ["promises", "problems"]


def test_something_is_always_left_to_ask_everybody(store: Store) -> None:
    add(store, "gilt", segment="Gold")
    with store.changing() as session:
        for key in EVERY[1:]:
            retire(session, key, MONDAY)
        with pytest.raises(LastQuestion):
            retire(session, "promises", MONDAY)
        for key in DEEPER:
            retire(session, key, MONDAY)
    assert asked(store) == ["promises"]


def test_every_change_of_the_guide_is_taken_back(store: Store) -> None:
    changes = (
        lambda session: add_question(session, "own", "Why?", MONDAY, probes=("And?",)),
        lambda session: reword(session, "life", "How is life?", ("And?",), MONDAY),
        lambda session: retire(session, "word", MONDAY),
    )
    for hours, change in enumerate(changes):
        before = store.rows("SELECT * FROM question"), store.rows("SELECT * FROM wording")
        with store.changing(later(hours=2 * hours)) as session:
            change(session)
        assert (store.rows("SELECT * FROM question"), store.rows("SELECT * FROM wording")) != before
        with store.changing(later(hours=2 * hours + 1)) as session:
            undo_last(session, later(hours=2 * hours + 1))
        assert (store.rows("SELECT * FROM question"), store.rows("SELECT * FROM wording")) == before


@pytest.mark.parametrize(
    ("key", "text", "probes", "error"),
    [
        ("life", "x", (), KeyTaken),
        ("LIFE", "x", (), KeyTaken),
        ("own", " ", (), NoWords),
        ("own", "x", ("",), NoWords),
        ("own", "x" * 301, (), TooLong),
        ("my key", "x", (), BadSetting),
    ],
)
def test_a_question_that_cannot_be(
    store: Store, key: str, text: str, probes: tuple[str, ...], error: type[CareError]
) -> None:
    before = store.dump()
    with store.changing(keep=False) as session, pytest.raises(error):
        add_question(session, key, text, MONDAY, probes=probes)
    assert store.dump() == before


def test_a_question_that_is_not_there_and_one_that_would_not_change(store: Store) -> None:
    with store.changing() as session:
        with pytest.raises(NoSuchQuestion, match="Did you mean wishes"):
            reword(session, "wish", "x", (), MONDAY)
        with pytest.raises(NothingReworded):
            reword(session, "life", f" {SEEDS[4].text} ", SEEDS[4].probes, MONDAY)
        with pytest.raises(NothingReworded):
            reword(session, "life", None, (), MONDAY)


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ("a", "a"),
        ("After-Sales", "after-sales"),
        ("LØFTER", "løfter"),
        ("q2", "q2"),
        ("a\n", "a"),
        ("x" * 20, "x" * 20),
    ],
)
def test_keys(said: str, key: str) -> None:
    assert read_key(said) == key


@pytest.mark.parametrize(
    "said",
    [
        "",
        " ",
        "my key",
        "1",
        "2b",
        "-a",
        "a-",
        "a--b",
        "a=b",
        "a:b",
        "/a",
        "a_b",
        "💛",
        "x" * 21,
        "a\0",
        "wish",
        "Issue",
    ],
)
def test_what_is_no_key(said: str) -> None:
    with pytest.raises(WrongUsage):
        read_key(said)


def test_the_opening_line_is_filled_in_and_other_braces_stay(store: Store) -> None:
    assert opening_said("{caller}, {company} {0} {x", "Ann", "") == "Ann, us {0} {x"
    store.take(people(1))
    with store.changing() as session:
        assert brief(session, 1, "Ann", MONDAY).opening.startswith("Good morning, this is Ann from Fjord Books. I am")
        put_setting(session, "opening", "Hei, {caller} her.")
        assert brief(session, 1, "Bo", MONDAY).opening == "Hei, Bo her."
        assert interview(session, 1, "Bo", MONDAY).opening == "Hei, Bo her."
