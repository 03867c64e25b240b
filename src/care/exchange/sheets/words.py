"""What a sheet says of itself, in one place for the one that writes it and the one that reads it."""

from care.words import How, Outcome, Reading, Stance

STORE = "care sheet"

HOW_TO = "put an x between the brackets, and write below the headings as much as you like."

MARKING = (
    "a line that begins with issue:, failure:, promise:, wish:, trigger:, remember: or quote: becomes one. "
    "A promise needs its day: “promise: send the guide by friday”."
)

PROBE, LAST_TIME = "Probe:", "Last time,"

CALL, AFTER = "The call", "After hanging up"

LABELS = {
    "customer": "Customer",
    "outcome": "Outcome",
    "when": "When",
    "caller": "Caller",
    "how": "How",
    "minutes": "Minutes",
    "with": "With",
    "reading": "Reading",
    "stance": "Stance",
    "sold": "I sold",
    "defended": "I defended us",
    "again": "Call again",
}
"""The fields, and how they are printed."""

CHOICES: dict[str, dict[str, str]] = {
    "outcome": {one.value.replace("-", " "): one.value for one in Outcome},
    "how": {one.value: one.value for one in How},
    "reading": {one.value: one.value for one in Reading},
    "stance": {one.value: one.value for one in Stance},
    "sold": {"yes": "yes", "no": "no"},
    "defended": {"yes": "yes", "no": "no"},
}
"""Fields with boxes: the words beside the boxes, and what each means."""

REACTIONS = {"pleased": "pleased", "not fixed": "not fixed"}

ALIASES = {
    "customer": "customer", "who": "customer", "name": "customer",
    "outcome": "outcome", "result": "outcome",
    "when": "when", "date": "when", "day": "when", "time": "when", "at": "when",
    "caller": "caller", "called by": "caller",
    "how": "how",
    "minutes": "minutes", "min": "minutes", "mins": "minutes", "length": "minutes", "duration": "minutes",
    "with": "with", "listeners": "with", "listened": "with", "listening": "with",
    "reading": "reading",
    "stance": "stance", "they are": "stance", "they are a": "stance",
    "i sold": "sold", "sold": "sold",
    "i defended us": "defended", "i defended": "defended", "defended": "defended",
    "call again": "again", "again": "again", "next call": "again",
}  # fmt: skip
"""How people write the names of fields."""

BRIEF = {
    "phone": "Phone",
    "remember": "Remember",
    "tell": "Tell today",
    "words": "Their words",
    "open": "Still open",
    "promised": "We promised",
    "since": "Since then",
    "say": "Say",
    "deeper": "Deeper",
    "record": "On record",
    "how_to": "To fill in",
    "marking": "More than an answer",
}
"""How the lines begin that say what to know before dialling; they stand behind a > and above the first heading."""

MARKER_HEADINGS = {"issues": "issue", "failures": "failure", "promises made": "promise", "wish": "wish",
                   "trigger": "trigger", "issue": "issue", "failure": "failure", "promise": "promise",
                   "remember": "remember"}  # fmt: skip
"""Headings below which every line is such a thing."""

LITERAL = "\\ "
"""A line that begins with this is an answer, whatever it looks like."""
