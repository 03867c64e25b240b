"""Reading a sheet that somebody filled in, forgiving of headings, order, spacing, bullets and boxes.

Nothing written is passed over: a line that cannot be placed is named. Only the form's own lines are left out.
"""

import re
from collections.abc import Sequence

from care.exchange.sheets import words
from care.exchange.sheets.headings import HEADING, SheetQuestion, question_named, question_numbered
from care.exchange.sheets.lines import (
    bared,
    boxes_in,
    chosen,
    field_in,
    is_rule,
    lines_of,
    marked_in,
    plain,
    without_bullet,
)
from care.interviews.notes import quote_of
from care.interviews.sheets.filled import BadLine, FilledForm, FormLine, Header, MarkedLine, ToldLine
from care.text import fold

_BOLD = re.compile(r"(?:\d{1,2}[.)]\s*)?(\*\*|__)(.+?)\1[:.]?")

_TOLD = re.compile(r"told\s*:?\s*(?:them\s+of\s+|of\s+)?i([0-9]{1,15})\b(.*)", re.IGNORECASE | re.DOTALL)

_ANY_BOX = re.compile(r"[\[(][^\])]*[\])]|[☐☑☒□▢✅✔✓]")

_BRIEF = tuple(f"{fold(label)}:" for label in words.BRIEF.values())

_SHOWN = 60

_STORE = re.compile(r"\bstore[\s:]*([0-9a-f]{4})[\s\-–]*([0-9a-f]{4})[\s\-–]*([0-9a-f]{4})", re.IGNORECASE)

_CALL = re.compile(r"\bcall[\s:]*c?([0-9]{1,15})", re.IGNORECASE)

_CUSTOMER = re.compile(r"\bcustomer[\s:]*([0-9]{1,15})", re.IGNORECASE)

_VERSION = re.compile(r"\bversion[\s:]*([0-9]{1,9})", re.IGNORECASE)


class Reader:
    """One sheet as its lines come. ``key`` is the question below whose heading they stand, None outside of all."""

    def __init__(self, name: str, questions: Sequence[SheetQuestion]) -> None:
        self.name = name
        self.questions = questions
        self.fields: dict[str, FormLine] = {}
        self.answers: dict[str, list[FormLine]] = {}
        self.readings: dict[str, FormLine] = {}
        self.marked: list[MarkedLine] = []
        self.told: list[ToldLine] = []
        self.key: str | None = None
        self._begun = self._in_brief = self._in_hint = self._by_number = False
        self._waits: str | None = None  # a field or a marker whose words stand on the next line
        self._all: str | None = None  # a marker that every line is below this heading

    def take(self, line: FormLine) -> None:
        """Places one line. Raises BadLine."""
        if not line.text or is_rule(line.text):
            self._in_brief = self._in_hint = False
            return
        if self._is_ours(line.text):
            return
        first, self._begun = not self._begun, True
        if line.text.startswith(words.LITERAL) and self._said(line):
            return
        if self._heading(line, first=first) or self._filled(line) or self._said(line) or first:
            return
        raise self._bad(line, f"“{line.text[:_SHOWN]}” cannot be placed. Put it below a question's heading.")

    def _bad(self, line: FormLine, what: str) -> BadLine:
        return BadLine(self.name, line.number, what)

    def _is_ours(self, text: str) -> bool:
        """Whether it is a line of the form itself: whose it is, what to know before dialling, probes, last time."""
        folded = fold(bared(text))
        if folded.startswith(words.STORE) and "store" in folded[len(words.STORE) :]:
            return True
        if text.startswith(">") and self.key is None:
            self._in_brief = self._in_brief or folded.startswith(_BRIEF)
            return self._in_brief
        hint = text[1:].startswith((words.PROBE, words.LAST_TIME)) and text[0] in "_*"
        if hint or self._in_hint:
            self._in_hint = not text.rstrip(" \\").endswith(("_", "*"))  # an editor may have wrapped it
            return True
        return False

    def _heading(self, line: FormLine, *, first: bool) -> bool:
        heading, bold = HEADING.fullmatch(line.text), _BOLD.fullmatch(line.text)
        sure = heading is not None and (len(heading[1]) > 1 or bool(heading[2]))
        text = bared(heading[3] if heading else line.text).strip(":").strip()
        folded = fold(text)
        if folded in (fold(words.CALL), fold(words.AFTER)):
            self._under(None)
            return True
        found = question_named(text, self.questions, sure=sure or bold is not None)
        if found is None:
            numbers = sure or self._by_number or (self.key is None and not self._is_after())
            found = question_numbered(text, self.questions, sure=sure) if numbers else None
            self._by_number = self._by_number or (found is not None and not sure)
        if found is not None:
            self._under(found[0])
            if found[1]:
                self._said(FormLine(line.number, found[1]))
            return True
        if sure and folded in words.MARKER_HEADINGS:
            self._under(None)
            self._all = words.MARKER_HEADINGS[folded]
            return True
        title = first or (line.text.startswith("# ") and self.key is None and not self.fields)
        if sure and not title:
            raise self._bad(line, f"no question is called “{text[:_SHOWN]}”. Take the # away, or name the question.")
        return sure

    def _under(self, key: str | None) -> None:
        self.key, self._waits, self._all = key, None, None

    def _is_after(self) -> bool:
        return bool(self.fields.keys() & {"stance", "sold", "defended", "again"})

    def _filled(self, line: FormLine) -> bool:
        """Takes an issue that was told, a marker, a field or boxes."""
        bare = plain(line.text)
        told = _TOLD.fullmatch(bare)
        if told is not None:
            return self._take_told(FormLine(line.number, told[2]), int(told[1]))
        marked = marked_in(line.text)
        if marked is not None and not (marked[0] == "quote" and self.key is None):
            return self._mark(marked[0], FormLine(line.number, marked[1]))
        field = field_in(line.text)
        if field is not None:
            return self._field(field[0], FormLine(line.number, field[1]))
        return boxes_in(bare).any and self._boxes(FormLine(line.number, bare))

    def _take_told(self, line: FormLine, issue: int) -> bool:
        boxes = boxes_in(line.text)
        if boxes.any:
            if len(boxes.ticked) > 1:
                raise self._bad(line, f"both “{boxes.ticked[0]}” and “{boxes.ticked[1]}” are ticked. Leave one.")
            said = boxes.ticked[0] if boxes.ticked else ""
        else:
            said = (line.text.rpartition(":")[2] if ":" in line.text else line.text).strip(" =-–.")
        if said:
            known = chosen(said, words.REACTIONS)
            self.told.append(ToldLine(issue, line.number, known[0] if known else said))
        self._waits = None
        return True

    def _mark(self, marker: str, line: FormLine) -> bool:
        if not line.text:
            self._waits = marker if self.key is None else None
        elif marker == "quote":
            return self._said(FormLine(line.number, quote_of(line.text)))
        else:
            self.marked.append(MarkedLine(marker, line.number, line.text))
            self._waits = None
        return True

    def _field(self, name: str, line: FormLine) -> bool:
        if self.key is not None and not self._ends_answer(name, line.text):
            return False  # an answer that happens to begin with such a word
        if name == "reading":
            return self.key is not None and self._closed(name, line)
        self._under(None)
        if name in words.CHOICES:
            return self._closed(name, line)
        if name == "minutes":
            digits = re.match(r"\d+", line.text)
            line = FormLine(line.number, digits[0] if digits else line.text)
        self._waits = None if line.text else name
        if line.text:
            self._set(name, line)
        return True

    def _ends_answer(self, name: str, said: str) -> bool:
        if name == "minutes":
            return said.isdecimal()
        if name not in words.CHOICES:
            return False
        return name == "reading" or boxes_in(said).any or bool(chosen(said, words.CHOICES[name]))

    def _closed(self, name: str, line: FormLine) -> bool:
        picked = chosen(line.text, words.CHOICES[name])
        if picked is None:
            said = ", ".join(words.CHOICES[name])
            raise self._bad(line, f"{words.LABELS[name].lower()} “{line.text[:_SHOWN]}” is none of {said}.")
        if len(picked) > 1:
            raise self._bad(line, f"both “{picked[0]}” and “{picked[1]}” are ticked. Leave one.")
        self._waits = None if picked or boxes_in(line.text).any else name
        if picked:
            self._set(name, FormLine(line.number, picked[0]))
        return True

    def _boxes(self, line: FormLine) -> bool:
        """Boxes on a line of their own: of the field above, else of the one set of choices they belong to."""
        labels = [part for part in _ANY_BOX.split(line.text) if part.strip()]
        waiting = [self._waits] if self._waits in words.CHOICES else []
        for name in [*waiting, *(["reading"] if self.key else []), "stance", "outcome", "how"]:
            if name is not None and labels and all(chosen(label, words.CHOICES[name]) for label in labels):
                if name not in (self._waits, "reading"):
                    self._under(None)
                waits = self._waits
                self._closed(name, line)
                self._waits = self._waits or waits
                return True
        return False

    def _set(self, name: str, line: FormLine) -> None:
        into, place = (self.readings, self.key or "") if name == "reading" else (self.fields, name)
        before = into.get(place)
        if before is not None and before.text != line.text:
            label = words.LABELS[name].lower()
            raise self._bad(
                line, f"{label} is “{line.text}” here and “{before.text}” on line {before.number}. Leave one."
            )
        into[place] = line

    def _said(self, line: FormLine) -> bool:
        """Takes words of an answer, or those a field or a marker waits for."""
        is_literal = line.text.startswith(words.LITERAL)
        text = line.text[len(words.LITERAL) :].strip() if is_literal else without_bullet(line.text)
        waits, self._waits = self._waits, None
        if waits == "reading" and chosen(text, words.CHOICES["reading"]):
            return self._closed("reading", FormLine(line.number, text))
        if self.key is not None:
            self.answers.setdefault(self.key, []).append(FormLine(line.number, text))
            return True
        waits = waits or self._all
        if waits is None:
            return False
        return (self._field if waits in words.LABELS else self._mark)(waits, FormLine(line.number, text))


def header_of(text: str) -> Header:
    """Whose sheet it is, as far as it says so."""
    lines = lines_of(text)
    identity = next((line for line in lines if words.STORE in fold(line)), "")
    store = _STORE.search(identity)
    call, customer, version = (
        int(found[1]) if (found := pattern.search(identity)) else None for pattern in (_CALL, _CUSTOMER, _VERSION)
    )
    who = None
    for number, line in enumerate(lines, 1):
        field = field_in(line)
        if field and field[0] == "customer" and field[1]:
            who = FormLine(number, field[1])
            break
    return Header(" ".join(store.groups()).lower() if store else None, call, customer, version, who)


def read_sheet(name: str, text: str, questions: Sequence[SheetQuestion]) -> FilledForm:
    """All that was written on it. Raises BadLine for a line that cannot be placed or says two things at once."""
    reader = Reader(name, questions)
    for number, line in enumerate(lines_of(text), 1):
        reader.take(FormLine(number, line))
    reader.fields.pop("customer", None)
    return FilledForm(
        name,
        header_of(text),
        reader.fields,
        {key: tuple(lines) for key, lines in reader.answers.items()},
        reader.readings,
        tuple(reader.marked),
        tuple(reader.told),
    )
