"""The form of a call: before it, blank for anybody, or filled in with what is on record of a talk."""

from datetime import datetime

from sqlalchemy.orm import Session

from care.calls.errors import NoSuchCall
from care.calls.queries import call_row
from care.customers.find import person
from care.customers.policy import key_fingerprint
from care.customers.queries import customer_of, customer_row
from care.db.settings import draw_key, policy
from care.interviews.amend import recorded
from care.interviews.brief import brief, call_questions, issues_raised_by, to_tell
from care.interviews.queries import answers_of, guide
from care.interviews.records import CallQuestion
from care.interviews.sheets.filled import Header
from care.interviews.sheets.records import CallForm
from care.times.zones import local_time
from care.words import QuestionKind


def call_form(session: Session, customer_id: int, caller: str, now: datetime) -> CallForm:
    """The sheet of a customer's planned call, with what is worth knowing before dialling; without a call, of them."""
    known = brief(session, customer_id, caller, now)
    customer = customer_of(session, customer_id)
    call = None if known.call is None else call_row(session, known.call.id)
    return CallForm(
        store=store_mark(session),
        customer=person(customer),
        call=None if call is None else call.id,
        version=0 if call is None else call.version,
        caller=caller if call is None else call.caller,
        questions=known.questions,
        remember=known.remember,
        tell=known.tell,
        issues=known.issues,
        promises=known.promises,
        only_sold=known.touches.total if known.touches.only_sold else 0,
        opening=known.opening if customer.last_heard_at is None else None,
    )


def blank_form(session: Session) -> CallForm:
    """A sheet for a talk with anybody: the questions of every call, and the names of the others."""
    questions = guide(session)
    every = [question for question in questions if question.kind is QuestionKind.EVERY]
    deeper = tuple(question.key for question in questions if question.kind is QuestionKind.DEEPER)
    asked = tuple(
        CallQuestion(number, question.key, question.text, tuple(question.probes), question.reading)
        for number, question in enumerate(every, 1)
    )
    return CallForm(store_mark(session), None, None, 0, None, asked, deeper)


def recorded_form(session: Session, call_id: int) -> CallForm:
    """The sheet of a talk that was held, filled in with what is on record. Raises NoSuchCall or NothingHeld."""
    notes = recorded(session, call_id)
    row = call_row(session, call_id)
    if row is None:
        raise NoSuchCall(f"c{call_id}")
    customer = customer_of(session, row.customer_id)
    zone = policy(session).timezone
    known = {question.key: question for question in guide(session)}
    keys = [
        question.key
        for question in call_questions(session, customer.place, customer.segment)
        if question.key in notes.answers or question.kind is not QuestionKind.DEEPER
    ]
    keys += [key for key in (*notes.answers, *notes.readings) if key not in keys]
    put = {answer.key: answer.text for answer in answers_of(session, [call_id])}
    questions = []
    for number, key in enumerate(keys, 1):
        reading = key in notes.readings or (key in known and known[key].reading)
        questions.append(CallQuestion(number, key, put.get(key) or known[key].text, (), reading))
    return CallForm(
        store=store_mark(session),
        customer=person(customer),
        call=call_id,
        version=row.version,
        caller=row.caller,
        questions=tuple(questions),
        deeper=tuple(key for key in known if key not in keys),
        tell=to_tell(issues_raised_by(session, customer.id, zone)),
        notes=notes,
        written=f"{local_time(notes.at, zone):%Y-%m-%d %H:%M}",
    )


def store_mark(session: Session) -> str:
    """What a sheet says of the store it is of: the fingerprint of its key, which tells nothing of what is in it."""
    return key_fingerprint(draw_key(session))


def questions_of(session: Session, header: Header) -> list[tuple[str, str, int | None]]:
    """Every question a sheet can have a heading for: key, words, and the number it has on that sheet."""
    call = None if header.call is None else call_row(session, header.call)
    customer_id = header.customer if call is None else call.customer_id
    customer = None if customer_id is None else customer_row(session, customer_id)
    known = guide(session)
    if customer is not None:
        asked = call_questions(session, customer.place, customer.segment)
    else:
        asked = [question for question in known if question.kind is QuestionKind.EVERY]
    numbers = {question.key: number for number, question in enumerate(asked, 1)}
    return [(question.key, question.text, numbers.get(question.key)) for question in known]
