"""A sheet as Markdown: what to know before dialling, a heading for each question, boxes and fields to fill in."""

from collections.abc import Iterator, Mapping

from care.exchange.sheets import words
from care.exchange.sheets.lines import needs_escape
from care.interviews.notes import CallNotes
from care.interviews.records import CallQuestion, CustomerIssue
from care.interviews.sheets.records import CallForm
from care.owed.records import PromiseRecord
from care.times.when import say_date
from care.words import PromiseState

_LONGEST = 300
"""Characters of what was said last time: enough to know it by."""


def markdown(sheet: CallForm) -> str:
    """The whole sheet, a trailing line end included."""
    return "\n".join(_lines(sheet)).rstrip() + "\n"


def _lines(sheet: CallForm) -> Iterator[str]:
    yield f"# {_title(sheet)}"
    yield ""
    yield _identity(sheet)
    yield ""
    known = [*_brief(sheet), ("how_to", words.HOW_TO), ("marking", words.MARKING)]
    yield from (f"> {words.BRIEF[what]}: {_flat(text)}  " for what, text in known)  # two spaces keep the line's end
    yield ""
    yield from (f"## {words.CALL}", "")
    yield from _call_fields(sheet)
    for asked in sheet.questions:
        yield from ("", f"## {asked.number} {asked.key}: {asked.question}", "")
        yield from _question(asked, sheet)
    yield from ("", f"## {words.AFTER}", "")
    yield from _after(sheet)


def _title(sheet: CallForm) -> str:
    if sheet.customer is None:
        return "A talk"
    return _flat(f"{sheet.customer.name}, {sheet.customer.company}" if sheet.customer.company else sheet.customer.name)


def _identity(sheet: CallForm) -> str:
    parts = [words.STORE, f"store {sheet.store.replace(' ', '-')}"]
    if sheet.call is not None:
        parts += [f"call c{sheet.call}", f"version {sheet.version}"]
    elif sheet.customer is not None:
        parts.append(f"customer {sheet.customer.id}")
    return " · ".join(parts)


def _brief(sheet: CallForm) -> Iterator[tuple[str, str]]:
    if sheet.customer is not None and sheet.customer.phone:
        yield "phone", sheet.customer.phone
    if sheet.written is not None:
        yield "record", f"this talk was held {sheet.written}. What you change here is changed there."
        return
    if sheet.remember:
        yield "remember", f"“{sheet.remember}”"
    for issue in sheet.tell:
        yield "tell", _settled(issue)
        if issue.words:
            yield "words", f"“{issue.words}”, on {say_date(issue.raised_on)}"
    for issue in sheet.issues:
        yield "open", f"i{issue.id} {issue.title}"
    for promise in sheet.promises:
        yield "promised", _promised(promise)
    if sheet.only_sold:
        yield "since", f"{sheet.only_sold} contacts, all to sell. Begin by listening."
    if sheet.opening:
        yield "say", sheet.opening
    if sheet.deeper:
        yield "deeper", f"{', '.join(sheet.deeper)}. Ask one of them under a heading of its own."


def _settled(issue: CustomerIssue) -> str:
    on = f" {say_date(issue.settled_on)}" if issue.settled_on else ""
    return f"i{issue.id} {issue.title}, {issue.state.value}{on}." + (f" {issue.note}" if issue.note else "")


def _promised(promise: PromiseRecord) -> str:
    broken = " BROKEN" if promise.state is PromiseState.BROKEN else ""
    return f"p{promise.id} {promise.what} by {say_date(promise.due_on)}.{broken}"


def _call_fields(sheet: CallForm) -> Iterator[str]:
    notes = sheet.notes
    if sheet.customer is None:
        yield _field("customer")
    if notes is None:
        yield _boxes("outcome", None)
    yield _field("when", sheet.written)
    yield _field("caller", notes.caller if notes else sheet.caller)
    yield _boxes("how", notes.how.value if notes else None)
    yield _field("minutes", None if notes is None or notes.minutes is None else str(notes.minutes))
    yield _field("with", ", ".join(notes.listeners) if notes else None)


def _question(asked: CallQuestion, sheet: CallForm) -> Iterator[str]:
    notes, keys = sheet.notes, {*(question.key for question in sheet.questions), *sheet.deeper}
    if notes is None:
        for probe in asked.probes:
            yield f"_{words.PROBE} {_flat(probe)}_"
        if asked.last is not None and asked.last.words:
            reading = f", {asked.last.reading.value}" if asked.last.reading else ""
            said = _flat(asked.last.words)
            said = said if len(said) <= _LONGEST else f"{said[:_LONGEST]}…"
            yield f"_{words.LAST_TIME} {say_date(asked.last.on)}{reading}: “{said}”_"
        if asked.probes or asked.last:
            yield ""
    if asked.reading:
        reading_now = notes.readings.get(asked.key) if notes else None
        yield _boxes("reading", reading_now.value if reading_now else None)
        yield ""
    for line in (notes.answers.get(asked.key) or "").splitlines() if notes else ():
        if line.strip():
            yield f"{words.LITERAL}{line.strip()}" if needs_escape(line, keys) else line.strip()


def _after(sheet: CallForm) -> Iterator[str]:
    notes = sheet.notes
    yield _boxes("stance", notes.stance.value if notes and notes.stance else None)
    for name in ("sold", "defended"):
        said = getattr(notes, name) if notes else None
        yield _boxes(name, None if said is None else "yes" if said else "no")
    yield _field("again")
    for issue in sheet.tell:
        yield f"- Told i{issue.id} {_flat(issue.title)}: {_options(words.REACTIONS, None)}"
    yield f"- Remember: {_flat(notes.remember) if notes and notes.remember else ''}".rstrip()
    for marker, text in _marked(notes) if notes else ():
        yield f"- {marker}: {_flat(text)}"
    for marker in ("Issue", "Failure", "Promise", "Wish", "Trigger"):
        yield f"- {marker}:"


def _marked(notes: CallNotes) -> Iterator[tuple[str, str]]:
    for issue in notes.issues:
        known = f"i{issue.id} = {issue.words}" if issue.words else f"i{issue.id}"
        yield issue.kind.value.capitalize(), known if issue.id is not None else issue.words or issue.title or ""
    for promise in notes.promises:
        yield "Promise", f"{promise.what} by {promise.due_on.isoformat()}"
    for gold in notes.gold:
        yield gold.kind.value.capitalize(), gold.words


def _field(name: str, said: str | None = None) -> str:
    return f"- {words.LABELS[name]}: {said or ''}".rstrip()


def _boxes(name: str, chosen: str | None) -> str:
    return f"- {words.LABELS[name]}: {_options(words.CHOICES[name], chosen)}"


def _options(choices: Mapping[str, str], chosen: str | None) -> str:
    return "  ".join(f"[{'x' if value == chosen else ' '}] {label}" for label, value in choices.items())


def _flat(text: str) -> str:
    return " ".join(text.split())
