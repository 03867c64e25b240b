"""What to say to a customer who raised an issue, on the phone or in a mail, as the one who calls would say it.

Only their own words and what became of it: no number of ours, no other customer, and nothing of what we think of them.
"""

from datetime import date
from typing import NamedTuple

from care.times.when import say_date
from care.words import IssueKind, IssueState


class LetterFacts(NamedTuple):
    """What there is to tell one customer. ``heard_by`` is who of us they said it to, where that is known.

    ``note`` is what was done, why it was declined, or where it stands; ``reopened`` how often it was not so.
    """

    name: str
    title: str
    state: IssueState
    kind: IssueKind
    words: str | None
    raised_on: date
    heard_by: str | None
    note: str | None
    reopened: int = 0


def what_to_say(telling: LetterFacts, caller: str, company: str) -> tuple[str, ...]:
    """The sentences, a paragraph each, from the greeting to the name."""
    whom = "me" if telling.heard_by == caller else "us"
    on = say_date(telling.raised_on)
    of = f" of {company}" if company else ""
    said = (
        f"On {on} you told {whom}: “{_closed(telling.words)}”"
        if telling.words and telling.words.strip() != telling.title.strip()  # a title is ours, and no quotation
        else (f"On {on} you told {whom} about this: {_closed(telling.title)}")
    )
    return (
        f"Hello {telling.name}, this is {caller}{of}.",
        " ".join(filter(None, (said, _sorry(telling)))),
        _news(telling),
        _end(telling),
        caller,
    )


def _sorry(telling: LetterFacts) -> str:
    if telling.reopened and telling.state is IssueState.FIXED:
        return "When we said that it was fixed, it was not. I am sorry."
    return "That was our failure, and I am sorry." if telling.kind is IssueKind.FAILURE else ""


def _news(telling: LetterFacts) -> str:
    note = _closed(telling.note) if telling.note else ""
    if telling.state is IssueState.FIXED:
        return f"It is fixed now: {note}" if note else "It is fixed now."
    if telling.state is IssueState.DECLINED:
        why = f"This is why: {note}" if note else ""
        return f"We thought about it, and we will not do it. {why}".rstrip()
    return f"It is not done yet. This is where it stands: {note}" if note else "It is not done yet, and not forgotten."


def _end(telling: LetterFacts) -> str:
    if telling.state is IssueState.FIXED:
        return "Thank you for telling us. Is it right for you now?"
    if telling.state is IssueState.DECLINED:
        return "I did not want to leave you without an answer. Thank you for telling us."
    return "I will tell you as soon as there is more. Thank you for your patience."


def _closed(words: str) -> str:
    """The words as a sentence that has its end."""
    said = " ".join(words.split())
    return said if said.endswith((".", "!", "?", "…")) else f"{said}."
