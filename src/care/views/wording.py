"""How the words of the store are said on a screen."""

from care.reports.wording import REASONS, not_drawn
from care.words import Outcome

__all__ = ["OUTCOMES", "REASONS", "not_drawn", "phone"]

OUTCOMES = {
    Outcome.REACHED: "reached",
    Outcome.NO_ANSWER: "no answer",
    Outcome.VOICEMAIL: "voicemail",
    Outcome.BUSY: "busy",
    Outcome.RESCHEDULED: "wants another time",
    Outcome.REFUSED: "refused",
    Outcome.WRONG_NUMBER: "wrong number",
}


def phone(written: str | None) -> str:
    """A number as one dials it: grouped for its country where it is E.164, else as it was written."""
    if not written:
        return ""
    if not written.startswith("+"):
        return written
    import phonenumbers

    try:
        parsed = phonenumbers.parse(written, None)
    except phonenumbers.NumberParseException:
        return written
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
