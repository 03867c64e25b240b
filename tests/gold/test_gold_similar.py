"""Which passages are suggested to be gathered: by the words they share, and without comparing each with every other."""

import random
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from care.gold import similar
from care.gold.similar import NEAR, PassageWords, SimilarPassages, cosine, near_forms, similar_passages
from care.gold.word_stems import LONGEST, common_stems, stem, suggested_title, telling_words

ANSWERS = ("always answer within a day", "an answer the same day, not next week", "Answering mails within one day!")
PHONE = ("pick up the phone", "that somebody picks up the phone when I call")
ODD = ("never change the price in the middle of the year", "tea", "a person whose name I know")


def said(*words: str, vein: int | None = None, first: int = 1) -> list[PassageWords]:
    """These passages, each of a customer of its own."""
    return [PassageWords(number, number, one, vein) for number, one in enumerate(words, first)]


def test_what_means_the_same_is_suggested_with_the_words_it_shares() -> None:
    found = similar_passages(said(*ANSWERS, *PHONE, *ODD))
    assert [(set(one.ids), one.customers, one.vein) for one in found] == [({1, 2, 3}, 3, None), ({4, 5}, 2, None)]
    assert {"answer", "day"} <= set(found[0].shared)
    assert set(found[1].shared) == {"phone", "pick"}


def test_one_word_in_common_is_a_coincidence_unless_it_is_all_there_is() -> None:
    assert similar_passages(said("answer the phone", "answer within a day")) == []
    assert similar_passages(said("honesty", "be honest when something goes wrong"))[0].shared == ("honesty",)


def test_a_reason_given_with_a_wish_does_not_hide_it() -> None:
    long = "do not change prices in the middle of the year, we plan our budget in the autumn and cannot move it later"
    assert [one.ids for one in similar_passages(said("prices that stay for a year", long))] == [(1, 2)]


def test_a_slip_of_the_hand_and_an_ending_are_the_same_word() -> None:
    assert stem("replies") == stem("reply") == "repl"
    assert stem("pricing") == stem("prices") == "pric"
    assert stem("day") == "day"
    made = common_stems(["invoices", "invoicing", "recieve", "receive", "contract", "phone"])
    assert made["invoices"] == made["invoicing"]
    assert made["recieve"] == made["receive"]
    assert len(set(made.values())) == 4


def test_plain_words_say_nothing_unless_there_are_no_others() -> None:
    assert telling_words("I want you to always answer within a Day") == ["answer", "within", "day"]
    assert telling_words("keep your promises") == ["keep", "your", "promises"]
    assert telling_words("Éclair, l'été") == ["eclair", "ete"]
    assert similar_passages(said("Быстрый ответ за день", "ответ за один день"))[0].customers == 2
    assert similar_passages(said("...", "!", "", "tea")) == []


def test_one_customer_who_says_it_twice_is_one() -> None:
    twice = [PassageWords(1, 7, ANSWERS[0]), PassageWords(2, 7, ANSWERS[1])]
    assert similar_passages(twice) == []
    third = [*twice, PassageWords(3, 8, ANSWERS[2])]
    assert [(set(one.ids), one.customers) for one in similar_passages(third)] == [({1, 2, 3}, 2)]


def test_what_is_like_a_vein_goes_there_even_alone() -> None:
    found = similar_passages([*said(ANSWERS[0], vein=4), *said(ANSWERS[2], *PHONE, first=2)])
    assert [(one.vein, set(one.ids), one.customers) for one in found] == [(None, {3, 4}, 2), (4, {2}, 1)]
    assert {"day", "within"} <= set(found[1].shared)


def test_every_passage_is_in_one_suggestion_at_most() -> None:
    found = similar_passages(said(*ANSWERS, *PHONE, *ODD, *ANSWERS, *PHONE))
    ids = [one for group in found for one in group.ids]
    assert len(ids) == len(set(ids))


WORDS = st.lists(st.sampled_from([f"{a}{b}{a}" for a in "bdfgk" for b in "aiou"]), min_size=1, max_size=12)


@given(st.lists(WORDS.map(" ".join), min_size=2, max_size=25))
def test_looking_only_at_the_heavy_ends_misses_nobody(texts: list[str]) -> None:
    forms, weights = similar._forms(texts)
    every = {
        (one, other)
        for one in range(len(forms))
        for other in range(len(forms))
        if one != other and cosine(forms[one], forms[other], weights) >= NEAR
    }
    assert {(one, other) for one, near in enumerate(near_forms(forms, weights)) for other in near} == every


def made_up(count: int) -> list[PassageWords]:
    """Passages about many things, fifty about each, in three words of the thing and four that anybody might use."""
    chance = random.Random(1)
    topics = [[f"{'abcdefg'[n]}{topic:05}" for n in range(6)] for topic in range(count // 50)]
    texts = []
    for _ in range(count):
        others = [f"w{chance.paretovariate(0.7):07.0f}" for _ in range(4)]
        texts.append(" ".join(chance.choices(chance.choice(topics), k=3) + others))
    return said(*texts)


def test_of_thousands_few_are_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[int] = []

    def counted(one: similar.Form, other: similar.Form, weights: Mapping[str, float]) -> float:
        compared.append(1)
        return cosine(one, other, weights)

    monkeypatch.setattr(similar, "cosine", counted)
    found = similar_passages(made_up(3000))
    assert len(found) > 30
    assert len(compared) < 0.03 * 3000 * 2999 / 2


def test_thousands_of_the_same_are_one_suggestion() -> None:
    (one,) = similar_passages(said(*["always answer within a day"] * 5000))
    assert one == SimilarPassages(None, tuple(range(1, 5001)), 5000, one.shared)


def test_a_title_is_the_shortest_of_the_words() -> None:
    assert (
        suggested_title(["an answer on the same day, not next week", "Answer within a  day. "]) == "Answer within a day"
    )
    long = suggested_title(["never " * 30])
    assert len(long) <= LONGEST
    assert long.endswith("never…")
    assert suggested_title(["…"]) == "…"
