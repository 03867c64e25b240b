"""Searching for what was said: found once, by whom, newest first, and nothing of what is not theirs."""

from datetime import date, datetime

import pytest

from care.calls.add import add_chosen
from care.customers.doctor import examine
from care.db import full_text as store_search
from care.interviews.errors import NoSuchQuestion
from care.interviews.notes import CallNotes, FoundGold, MadePromise, RaisedIssue
from care.interviews.questions import reword
from care.interviews.record import record
from care.interviews.search import SearchResult, found_in
from care.interviews.search_query import read_query
from care.person.forget import forget
from care.person.merge import merge_customers
from care.touches.touch import record_touch
from care.words import GoldKind, Purpose
from stores import MONDAY, Store, draft, later, made_once, phone

NAMES = (("Kari Nordmann", "Fjord AS"), ("Åse Berg", None), ("Karim Straße", "Sjö AB"))


def found(store: Store, *said: str, who: int | None = None, limit: int = 20, best: bool = False) -> SearchResult:
    with store.reading() as session:
        return found_in(session, read_query(said), who, later(days=30), limit=limit, best=best)


def seen(store: Store, *said: str, **more) -> list[tuple[str, str | None, int | None]]:
    """Kind, reference and customer of each hit in order."""
    hits = found(store, *said, **more).hits
    return [(str(one.kind), one.ref, None if one.customer is None else one.customer.id) for one in hits]


def talk(store: Store, who: int, at: datetime, now: datetime | None = None, **said) -> None:
    with store.changing(now or at) as session:
        add_chosen(session, who, None, "Ann", now or at)
        record(session, who, CallNotes(at=at, caller="Ann", **said), now or at)


@made_once
def told(store: Store) -> Store:
    """Two talks in which the same word was said in every way there is."""
    store.take([draft(name, phone(n), line=n, company=company) for n, (name, company) in enumerate(NAMES, 1)])
    talk(
        store, 1, MONDAY,
        answers={"ease": "The invoice is LÅTE again", "life": "an invoice-free summer"},
        issues=(RaisedIssue(title="Invoices late", words="the third invoice"),),
        promises=(MadePromise(what="a right invoice", due_on=date(2026, 12, 1)),),
        gold=(FoundGold(kind=GoldKind.WISH, words="one invoice a year"),),
        remember="her invoice collection",
    )  # fmt: skip
    with store.changing(later(hours=2)) as session:
        record_touch(session, 2, Purpose.THANK, "for paying the invoice", None, "Ann", later(hours=1), later(hours=2))
    talk(store, 2, later(days=1), answers={"ease": "no invoice yet"})
    return store


def test_every_kind_of_words_is_found_newest_first(told: Store) -> None:
    assert seen(told, "invoice") == [
        ("answer", "c2", 2), ("touch", None, 2), ("remember", None, 1), ("gold", "c1", 1), ("promise", "p1", 1),
        ("raiser", "i1", 1), ("issue", "i1", None), ("answer", "c1", 1), ("answer", "c1", 1),
    ]  # fmt: skip
    hits = found(told, "invoice").hits
    assert [one.what for one in hits] == [
        "ease", "thank", "remember", "wish", "promise", "raised", "issue", "life", "ease",
    ]  # fmt: skip
    assert [(one.question, one.private) for one in hits if one.private] == [("life", True)]
    assert (hits[0].said_at, hits[0].said_on, hits[0].call) == (later(days=1), date(2026, 11, 24), 2)
    assert (hits[0].customer and hits[0].customer.name, hits[6].customer) == ("Åse Berg", None)


@pytest.mark.parametrize(
    ("said", "times"),
    [("late", 2), ("låte", 2), ("LATE", 2), ('"invoice is late"', 1), ('"late invoice"', 0), ("invoice summer", 1),
     ("invo*", 9), ("invo", 0), ("collections", 1), ("invoice AND summer", 0), ("invoice -free", 1)],
)  # fmt: skip
def test_words_phrases_and_beginnings(told: Store, said: str, times: int) -> None:
    assert found(told, said).total == times


def test_the_hits_are_marked_in_the_words(told: Store) -> None:
    [hit] = found(told, "invoice summer").hits
    assert [hit.words[start:end] for start, end in hit.marked] == ["invoice", "summer"]
    [hit] = found(told, '"is late again"').hits
    assert [hit.words[start:end] for start, end in hit.marked] == ["is LÅTE again"]


def test_words_with_marks_of_their_own_are_marked_rightly(store: Store) -> None:
    store.take([draft("Eve", phone(1))])
    said = "\x02late\x03 \x02\x02 too [bold]late[/]\x03\x03\x1b[31m late\x00r"
    talk(store, 1, MONDAY, answers={"ease": said})
    [hit] = found(store, "late").hits
    assert (hit.words, [hit.words[start:end] for start, end in hit.marked]) == (said, ["late"] * 3)


def test_one_customer_one_question_and_a_date_narrow_it(told: Store) -> None:
    assert {one[2] for one in seen(told, "invoice", who=2)} == {2}
    assert found(told, "invoice", who=3).hits == ()
    assert [one[1] for one in seen(told, "invoice", "question:ease")] == ["c2", "c1"]
    assert seen(told, "invoice", "question:Ease", who=1) == [("answer", "c1", 1)]
    assert seen(told, "invoice", "since:2026-11-24") == [("answer", "c2", 2)]
    assert found(told, "invoice", "since:2026-11-23").total == 9
    assert found(told, "invoice", "since:2026-11-24").since == date(2026, 11, 24)
    assert seen(told, "invoice", "since:2026-11-24", "question:ease", who=1) == []
    with pytest.raises(NoSuchQuestion, match="Did you mean ease"):
        found(told, "invoice", "question:eese")


def test_a_reworded_question_and_a_retired_one_keep_their_answers(told: Store) -> None:
    from care.interviews.questions import retire

    with told.changing(later(days=2)) as session:
        reword(session, "ease", "Are we easy?", (), later(days=2))
        retire(session, "ease", later(days=2))
    assert found(told, "invoice question:ease").total == 2


@pytest.mark.parametrize(
    ("said", "ids"),
    [
        ("kari", [1, 3]),
        ("nordmann", [1]),
        ("fjord", [1]),
        ("ase", [2]),
        ("STRASSE", [3]),
        ("kari fjord", [1]),
        ("k", []),
    ],
)
def test_customers_are_found_by_name_and_company(told: Store, said: str, ids: list[int]) -> None:
    assert [one.id for one in found(told, said).hits if one.kind == "customer"] == ids


def test_customers_come_first_and_leave_room_for_what_was_said(store: Store) -> None:
    store.take([draft(f"Late Person{n}", phone(n), line=n) for n in range(1, 9)])
    for who in (1, 2):
        talk(store, who, later(hours=who), answers={"ease": "late"})
    every = found(store, "late")
    assert [str(one.kind) for one in every.hits] == ["customer"] * 8 + ["answer"] * 2
    few = found(store, "late", limit=7)
    assert [str(one.kind) for one in few.hits] == ["customer"] * 5 + ["answer"] * 2
    assert (few.total, few.at_least) == (10, False)
    assert found(store, "late", who=1).total == 1


def test_a_talk_logged_late_comes_where_it_belongs(told: Store) -> None:
    talk(told, 3, later(hours=3), later(days=3), answers={"problems": "an invoice, at last"})
    assert [one[1] for one in seen(told, "invoice")][:3] == ["c2", "c3", None]


def test_no_more_than_the_limit_and_how_many_there_are(told: Store) -> None:
    some = found(told, "invoice", limit=2)
    assert (len(some.hits), some.total, some.at_least) == (2, 9, False)
    assert seen(told, "invoice", limit=2) == seen(told, "invoice")[:2]


def test_the_best_fit_is_the_shortest_with_the_rarest_word(told: Store) -> None:
    talk(told, 3, later(days=2), answers={"ease": "invoice " + "and so on and on " * 30, "problems": "invoice zebra"})
    assert found(told, "invoice").hits[0].words.startswith("invoice zebra")
    best = found(told, "invoice", best=True)
    assert (best.hits[-1].words[:14], best.total) == ("invoice and so", 11)
    assert [one[1] for one in seen(told, "invoice", "question:ease", best=True, who=3)] == ["c3"]


def test_who_was_merged_is_found_as_who_they_are_now(told: Store) -> None:
    with told.changing(later(days=2)) as session:
        merge_customers(session, 2, 3, later(days=2))
    assert found(told, "invoice", who=3).total == 2
    assert [one.id for one in found(told, "ase").hits if one.kind == "customer"] == [3]
    assert {one.customer.name for one in found(told, "paying").hits if one.customer} == {"Karim Straße"}


def test_nothing_of_a_forgotten_customer_is_found(told: Store) -> None:
    with told.changing(later(days=2)) as session:
        forget(session, 1, later(days=2))
    assert seen(told, "invoice") == [("answer", "c2", 2), ("touch", None, 2)]
    assert found(told, "nordmann").hits == ()


def test_a_search_that_reaches_its_end_says_so(told: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store_search, "WINDOW", 3)
    monkeypatch.setattr(store_search, "REACH", 5)
    common = found(told, "invoice", limit=2)
    assert ([one.ref for one in common.hits], common.total, common.at_least) == (["c2", None], 9, False)
    early = found(told, "invoice", "question:promises", limit=2)
    assert (early.hits, early.total, early.at_least, early.reached) == ((), 0, True, 5)
    assert [one[2] for one in seen(told, "invoice", who=1, limit=20)] == [1] * 6
    assert found(told, "collection", "since:2020-01-01").reached is None


SPOILED = {
    "other words": "UPDATE note SET words = 'other' WHERE kind = 'answer' AND row_id = 1",
    "somebody else's": "UPDATE note SET customer_id = 3 WHERE kind = 'gold'",
    "another call": "UPDATE note SET call_id = 2 WHERE kind = 'promise'",
    "private": "UPDATE note SET private = 0 WHERE private",
    "missing": "DELETE FROM note WHERE kind = 'touch'",
    "of nothing": "INSERT INTO note(kind, row_id, said_at, private, words) VALUES ('issue', 99, '2026-11-23', 0, 'x')",
    "not in the full text": "INSERT INTO note_words(note_words, rowid, words) SELECT 'delete', id, words FROM note "
    "WHERE kind = 'remember'",
}


@pytest.mark.parametrize("spoil", SPOILED.values(), ids=SPOILED.keys())
def test_the_doctor_sees_what_the_search_would_get_wrong(told: Store, spoil: str) -> None:
    def wrong() -> list[tuple[str, str]]:
        with told.reading() as session:
            return [(one.name, one.detail) for one in examine(session, later(days=2)) if not one.well]

    assert wrong() == []
    with told.bare() as connection:
        connection.execute(spoil)
    assert wrong() == [("search", "1 passage differ")]
