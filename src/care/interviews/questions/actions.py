"""Where the questions of the guide meet the store."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from care.interviews.errors import NoSuchQuestion
from care.interviews.questions.errors import (
    AskedAlready,
    KeyTaken,
    LastQuestion,
    NothingReworded,
    NoWords,
    RetiredAlready,
    TooLong,
)
from care.interviews.questions.keys import as_kept, read_key
from care.interviews.questions.records import Guide, QuestionRecord, WordingRecord
from care.store import interviews
from care.store import questions as store
from care.store.settings import policy
from care.text import tidy
from care.times.zones import local_date
from care.words import QuestionKind

LONGEST = 300
"""How many characters a question may have: it is asked aloud, in one breath."""


class NewQuestion(NamedTuple):
    """A question a company adds."""

    key: str
    text: str
    kind: QuestionKind = QuestionKind.EVERY
    probes: tuple[str, ...] = ()
    reading: bool = False
    private: bool = False
    segment: str | None = None


def guide(session: Session, *, retired: bool = False) -> Guide:
    """The questions that are asked, with the retired ones where wanted."""
    rows = store.all_questions(session)
    shown = [row for row in rows if retired or row.retired_at is None]
    gone = sum(row.retired_at is not None for row in rows)
    return Guide(_records(session, shown), policy(session).opening, gone)


def question(session: Session, said: str) -> QuestionRecord:
    """The question of that key. Raises NoSuchQuestion."""
    return _records(session, [_row(session, said)])[0]


def add_question(session: Session, new: NewQuestion, now: datetime) -> QuestionRecord:
    """The question just added, which is asked after the others of its kind.

    Raises BadSetting for a key that is none, KeyTaken, NoWords or TooLong.
    """
    key = read_key(new.key)
    known = store.question_row(session, key)
    if known is not None:
        raise KeyTaken(key, retired=known.retired_at is not None)
    values = {
        "key": key,
        "kind": new.kind,
        "position": store.next_position(session),
        "reading": new.reading,
        "private": new.private,
        "segment": tidy(new.segment or "") or None,
        "probes": _probes(new.probes),
    }
    interviews.add_question(session, values, _words(new.text, "the question"), now)
    return question(session, key)


def reword(session: Session, said: str, text: str | None, probes: Sequence[str], now: datetime) -> QuestionRecord:
    """The question in its new words and with its new probes; what is not given stays.

    Answers given so far keep the wording they were given to. Raises NoSuchQuestion, NothingReworded, NoWords, TooLong.
    """
    row = _row(session, said)
    before = _records(session, [row])[0]
    words = before.text if text is None else _words(text, "the question")
    new_probes = _probes(probes) if probes else list(before.probes)
    if words == before.text and new_probes == list(before.probes):
        raise NothingReworded(row.key)
    if words != before.text:
        store.add_wording(session, row.id, words, now)
    if new_probes != list(before.probes):
        store.change_question(session, row.id, {"probes": new_probes})
    return question(session, row.key)


def retire(session: Session, said: str, now: datetime) -> QuestionRecord:
    """The question, which is not asked from now on; its answers stay.

    Raises NoSuchQuestion, RetiredAlready, or LastQuestion where nothing would be left to ask everybody.
    """
    row = _row(session, said)
    if row.retired_at is not None:
        raise RetiredAlready(row.key)
    asked = [one for one in store.all_questions(session) if one.retired_at is None]
    if not any(_is_for_all(one) for one in asked if one.id != row.id):
        raise LastQuestion(row.key)
    store.change_question(session, row.id, {"retired_at": now})
    return question(session, row.key)


def restore(session: Session, said: str) -> QuestionRecord:
    """The question, which is asked again. Raises NoSuchQuestion or AskedAlready."""
    row = _row(session, said)
    if row.retired_at is None:
        raise AskedAlready(row.key)
    store.change_question(session, row.id, {"retired_at": None})
    return question(session, row.key)


def _is_for_all(row: Any) -> bool:
    return row.kind is QuestionKind.EVERY and row.segment is None


def _row(session: Session, said: str) -> Any:
    row = store.question_row(session, as_kept(said))
    if row is None:
        raise NoSuchQuestion(said, [one.key for one in store.all_questions(session)])
    return row


def _words(said: str, what: str) -> str:
    words = tidy(said)
    if not words:
        raise NoWords(what)
    if len(words) > LONGEST:
        raise TooLong(what, len(words), LONGEST)
    return words


def _probes(said: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(_words(one, "a probe") for one in said))


def _records(session: Session, rows: Sequence[Any]) -> tuple[QuestionRecord, ...]:
    zone = policy(session).timezone
    put: dict[int, list[WordingRecord]] = {}
    for one in store.wordings_of(session, [row.id for row in rows]):
        put.setdefault(one.question_id, []).append(WordingRecord(one.text, local_date(one.since, zone)))
    return tuple(
        QuestionRecord(
            id=row.id,
            key=row.key,
            kind=row.kind,
            text=put[row.id][-1].text,
            probes=tuple(row.probes),
            reading=row.reading,
            private=row.private,
            segment=row.segment,
            retired_on=local_date(row.retired_at, zone) if row.retired_at else None,
            wordings=tuple(put[row.id]),
        )
        for row in rows
    )
