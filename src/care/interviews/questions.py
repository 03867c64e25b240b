"""The questions of the guide: listed, added, reworded, retired and brought back."""

import re
import unicodedata
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from care.db.fetch import fetch
from care.db.settings import policy
from care.db.tables.interview import StoredQuestion, Wording, questions, wordings
from care.db.tables.mapped import Question
from care.errors import BadSetting, WrongUsage
from care.interviews import queries
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
from care.interviews.notes import MARKERS
from care.interviews.queries import all_questions, question_row
from care.interviews.records import Guide, QuestionRecord, WordingRecord
from care.text import tidy
from care.times.zones import local_date
from care.words import QuestionKind

LONGEST = 300
"""How many characters a question may have: it is asked aloud, in one breath."""


def guide(session: Session, *, retired: bool = False) -> Guide:
    """The questions that are asked, with the retired ones where wanted."""
    rows = all_questions(session)
    shown = [row for row in rows if retired or row.retired_at is None]
    gone = sum(row.retired_at is not None for row in rows)
    return Guide(_records(session, shown), policy(session).opening, gone)


def question(session: Session, said: str) -> QuestionRecord:
    """The question of that key. Raises NoSuchQuestion."""
    return _records(session, [_row(session, said)])[0]


def add_question(
    session: Session,
    key: str,
    text: str,
    now: datetime,
    *,
    kind: QuestionKind = QuestionKind.EVERY,
    probes: Sequence[str] = (),
    reading: bool = False,
    private: bool = False,
    segment: str | None = None,
) -> QuestionRecord:
    """The question just added, which is asked after the others of its kind.

    Raises BadSetting for a key that is none, KeyTaken, NoWords or TooLong.
    """
    key = read_key(key)
    known = question_row(session, key)
    if known is not None:
        raise KeyTaken(key, retired=known.retired_at is not None)
    position, own_segment = next_position(session), tidy(segment or "") or None
    new = queries.NewQuestion(key, kind, position, _probes(probes), reading, private, own_segment)
    queries.add_question(session, new, _words(text, "the question"), now)
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
        session.execute(insert(wordings).values(question_id=row.id, text=words, since=now))
    _to_change(session, row).probes = new_probes
    return question(session, row.key)


def retire(session: Session, said: str, now: datetime) -> QuestionRecord:
    """The question, which is not asked from now on; its answers stay.

    Raises NoSuchQuestion, RetiredAlready, or LastQuestion where nothing would be left to ask everybody.
    """
    row = _row(session, said)
    if row.retired_at is not None:
        raise RetiredAlready(row.key)
    asked = [one for one in all_questions(session) if one.retired_at is None]
    if not any(_is_for_all(one) for one in asked if one.id != row.id):
        raise LastQuestion(row.key)
    _to_change(session, row).retired_at = now
    return question(session, row.key)


def restore(session: Session, said: str) -> QuestionRecord:
    """The question, which is asked again. Raises NoSuchQuestion or AskedAlready."""
    row = _row(session, said)
    if row.retired_at is None:
        raise AskedAlready(row.key)
    _to_change(session, row).retired_at = None
    return question(session, row.key)


def _is_for_all(row: StoredQuestion) -> bool:
    return row.kind is QuestionKind.EVERY and row.segment is None


def _row(session: Session, said: str) -> StoredQuestion:
    row = question_row(session, as_kept(said))
    if row is None:
        raise NoSuchQuestion(said, [question.key for question in all_questions(session)])
    return row


def _to_change(session: Session, row: StoredQuestion) -> Question:
    return session.get_one(Question, row.id, populate_existing=True)


def _words(said: str, what: str) -> str:
    words = tidy(said)
    if not words:
        raise NoWords(what)
    if len(words) > LONGEST:
        raise TooLong(what, len(words), LONGEST)
    return words


def _probes(said: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(_words(one, "a probe") for one in said))


def _records(session: Session, rows: Sequence[StoredQuestion]) -> tuple[QuestionRecord, ...]:
    zone = policy(session).timezone
    wordings = wordings_of(session, [row.id for row in rows])
    return tuple(_record(row, [wording for wording in wordings if wording.question_id == row.id], zone) for row in rows)


def _record(row: StoredQuestion, wordings: Sequence[Wording], zone: str) -> QuestionRecord:
    return QuestionRecord(
        id=row.id,
        key=row.key,
        kind=row.kind,
        text=wordings[-1].text,
        probes=tuple(row.probes),
        reading=row.reading,
        private=row.private,
        segment=row.segment,
        retired_on=local_date(row.retired_at, zone) if row.retired_at else None,
        wordings=tuple(WordingRecord(wording.text, local_date(wording.since, zone)) for wording in wordings),
    )


LONGEST_KEY = 20
"""How many characters a key may have: it stands in a column of its own."""

FORM = f"one short word like delivery or after-sales, at most {LONGEST_KEY} letters, digits and hyphens, a letter first"

_KEY = re.compile(r"[^\W\d_](?:-?[^\W_])*")


def as_kept(said: str) -> str:
    """What was typed for a key, as it would be kept: in lower case, each letter in one piece."""
    return unicodedata.normalize("NFC", said).strip().lower()


def read_key(said: str) -> str:
    """The key as it is kept. Raises BadSetting with the form, and WrongUsage for a word that marks a line."""
    key = as_kept(said)
    if not _KEY.fullmatch(key) or len(key) > LONGEST_KEY:
        raise BadSetting("a key", said, FORM)
    if key in MARKERS:  # it could not be told from a line that is marked
        raise WrongUsage(f"“{key}:” marks a line in an answer, so no question can be called that. Take another word.")
    return key


def wordings_of(session: Session, question_ids: Sequence[int]) -> list[Wording]:
    """How these questions were put, the oldest wording first."""
    mine = select(wordings).where(wordings.c.question_id.in_(question_ids))
    return fetch(session, Wording, mine.order_by(wordings.c.id))


def next_position(session: Session) -> int:
    """The position after the last question there ever was."""
    last = session.execute(select(func.max(questions.c.position))).scalar_one()
    return 0 if last is None else int(last) + 1
