"""How the words of the store are said on a screen."""

from collections.abc import Mapping

from care.text import plural
from care.words import Outcome, Standing

REASONS = {
    Standing.NO_PHONE.value: "no phone",
    Standing.DO_NOT_CALL.value: "do-not-call",
    Standing.PLANNED.value: "already planned",
    Standing.PAUSED.value: "paused",
    Standing.RESTING.value: "resting",
    Standing.MERGED.value: "merged",
}


OUTCOMES = {
    Outcome.REACHED: "reached",
    Outcome.NO_ANSWER: "no answer",
    Outcome.VOICEMAIL: "voicemail",
    Outcome.BUSY: "busy",
    Outcome.RESCHEDULED: "wants another time",
    Outcome.REFUSED: "refused",
    Outcome.WRONG_NUMBER: "wrong number",
}


def not_drawn(excluded: Mapping[str, int]) -> str:
    """Who is not drawn and why: ``21 no phone, 11 do-not-call, 7 resting``."""
    words = []
    for reason, n in excluded.items():
        if reason in REASONS:
            words.append(f"{n:,} {REASONS[reason]}")
        else:
            words.append(plural(n, "prospect") if reason == Standing.PROSPECT else f"{n:,} {reason}")
    return ", ".join(words)


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
