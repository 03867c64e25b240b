"""The key of a question: what one types for it, in a talk, on a sheet and in a search."""

import re
import unicodedata

from care.errors import BadSetting, WrongUsage
from care.interviews.markers import MARKERS

LONGEST = 20
"""How many characters a key may have: it stands in a column of its own."""

FORM = f"one short word like delivery or after-sales, at most {LONGEST} letters, digits and hyphens, a letter first"

_KEY = re.compile(r"[^\W\d_](?:-?[^\W_])*")


def as_kept(said: str) -> str:
    """What was typed for a key, as it would be kept: in lower case, each letter in one piece."""
    return unicodedata.normalize("NFC", said).strip().lower()


def read_key(said: str) -> str:
    """The key as it is kept. Raises BadSetting with the form, and WrongUsage for a word that marks a line."""
    key = as_kept(said)
    if not _KEY.fullmatch(key) or len(key) > LONGEST:
        raise BadSetting("a key", said, FORM)
    if key in MARKERS:  # it could not be told from a line that is marked
        raise WrongUsage(f"“{key}:” marks a line in an answer, so no question can be called that. Take another word.")
    return key
