"""Markers: a line of an answer that begins with one of these words and a colon is more than an answer."""

import re

MARKERS = ("issue", "failure", "promise", "wish", "trigger", "remember", "quote")

_MARKED = re.compile(rf"({'|'.join(MARKERS)})\s*:\s*(.*)", re.IGNORECASE | re.DOTALL)


def marker_in(line: str) -> tuple[str, str] | None:
    """The marker a line begins with, and what follows it; None for a line that is only words."""
    found = _MARKED.fullmatch(line.strip())
    return None if found is None else (found[1].lower(), found[2].strip())


def quote_of(text: str) -> str:
    """Words as a customer's own, between quotation marks, once."""
    bare = text.strip()
    return bare if bare[:1] in "“\"'‘«„" and bare[-1:] in "”\"'’»“" and len(bare) > 1 else f"“{bare}”"
