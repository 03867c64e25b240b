"""Which questions go with a call, and those a new store has."""

from care.interviews.guide import SEEDS, is_asked_of, opening_said, questions_for
from care.interviews.queries import GuideQuestion
from care.words import QuestionKind


def question(key: str, kind: QuestionKind = QuestionKind.EVERY, segment: str | None = None) -> GuideQuestion:
    return GuideQuestion(1, key, kind, False, False, segment, [], "?", 1)


def test_every_question_and_one_of_the_deeper_ones() -> None:
    every = [question(key) for key in "abcde"]
    asked = [*every, *(question(key, QuestionKind.DEEPER) for key in "uvwxyz")]
    assert [one.key for one in questions_for(asked, 10)] == ["a", "b", "c", "d", "e", "y"]
    counted = [questions_for(asked, place)[-1].key for place in range(600)]
    assert {counted.count(key) for key in "uvwxyz"} == {100}
    assert len(questions_for(every, 7)) == 5


def test_a_question_of_a_segment_is_for_its_customers_alone() -> None:
    asked = [is_asked_of(question("gilt", segment="Gold"), one) for one in ("gold", "GOLD", "silver", "", None)]
    assert asked == [True, True, False, False, False]
    assert is_asked_of(question("life"), None)


def test_the_opening_names_caller_and_company_and_keeps_other_braces() -> None:
    assert opening_said("{caller} of {company}, {hm}", "Ann", "Kraft AS") == "Ann of Kraft AS, {hm}"
    assert opening_said("{caller} of {company}", "Ann", "") == "Ann of us"


def test_the_guide_is_that_of_the_essays() -> None:
    every = [one.key for one in SEEDS if one.kind is QuestionKind.EVERY]
    deeper = [one.key for one in SEEDS if one.kind is QuestionKind.DEEPER]
    assert every == ["promises", "problems", "ease", "challenges", "life"]
    assert deeper == ["wishes", "triggers", "wrong", "passion", "feeling", "word"]
    assert {one.key for one in SEEDS if one.reading} == {"promises", "problems", "ease", "passion", "feeling"}
    assert {one.key for one in SEEDS if one.private} == {"life"}
    assert all(one.text.endswith("?") and one.probes for one in SEEDS)
