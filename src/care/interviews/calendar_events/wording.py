"""What the event of a call says: enough to dial and to begin, and nothing that was told in private."""

import re
import unicodedata
from datetime import datetime

from care.calls.seal import spoken
from care.customers.records import Person
from care.interviews.records import Brief
from care.times.zones import local_time
from care.words import PromiseState

_BREAKS = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u2028\u2029]+")

_DIALLED = re.compile(r"\+?[0-9][0-9*#]*")

_SPOKEN_SIGNS = re.compile(r"[\s()./\-\u00a0\u2010-\u2015]+")


def plain(text: str) -> str:
    """The text as one line that no calendar can take for anything else: control and format characters are gone."""
    line = "".join(
        char if unicodedata.category(char) not in ("Cf", "Cs", "Cn", "Co") or char in "\u200c\u200d" else ""
        for char in _BREAKS.sub(" ", text)
    )
    return line.strip()


def summary_of(person: Person) -> str:
    """``Call NAME (COMPANY)``."""
    company = f" ({plain(person.company)})" if person.company else ""
    return f"Call {plain(person.name)}{company}"


def dial_of(phone: str | None) -> str | None:
    """The number as a telephone takes it; None where what we have is not one."""
    bare = _SPOKEN_SIGNS.sub("", phone or "")
    return bare if _DIALLED.fullmatch(bare) else None


def description_of(brief: Brief, call_id: int, starts_at: datetime | None, seal: str | None, caller: str) -> str:
    """The brief's essentials, the questions and the seal. No answer is in it, so no private one either.

    It holds nothing that changes from day to day, or every day would change the event.
    """
    dial = dial_of(brief.customer.phone)
    lines = [f"Dial {plain(brief.customer.phone)}" + (f"  tel:{dial}" if dial else "")] if brief.customer.phone else []
    if starts_at is not None and brief.customer.zone:
        lines.append(f"{local_time(starts_at, brief.customer.zone):%H:%M} for them ({brief.customer.zone})")
    parts = [
        lines,
        _thread(brief),
        ["Ask", *(f"{question.number} {plain(question.question)}" for question in brief.questions)],
    ]
    parts.append([f"care brief c{call_id}, {plain(caller)}" + (f". Seal {spoken(seal)}" if seal else "")])
    return "\n\n".join("\n".join(part) for part in parts if part)


def _thread(brief: Brief) -> list[str]:
    lines = [f"Remember: {plain(brief.remember)}"] if brief.remember else []
    for issue in brief.tell:
        done = f", {issue.state.value} {issue.settled_on:%-d %B}" if issue.settled_on else ""
        lines.append(f"Tell today: i{issue.id} {plain(issue.title)}{done}")
    for promise in brief.promises:
        broken = ", not kept" if promise.state is PromiseState.BROKEN else ""
        lines.append(f"We promised: p{promise.id} {plain(promise.what)} by {promise.due_on:%-d %B}{broken}")
    return lines
