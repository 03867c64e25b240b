"""How the words of the store are said, in a report and on a screen."""

from collections.abc import Mapping

from care.text import plural
from care.words import Eligibility

REASONS = {
    Eligibility.NO_PHONE.value: "no phone",
    Eligibility.DO_NOT_CALL.value: "do-not-call",
    Eligibility.PLANNED.value: "already planned",
    Eligibility.PAUSED.value: "paused",
    Eligibility.RESTING.value: "resting",
    Eligibility.MERGED.value: "merged",
}


def not_drawn(excluded: Mapping[str, int]) -> str:
    """Who is not drawn and why: ``21 no phone, 11 do-not-call, 7 resting``."""
    words = []
    for reason, n in excluded.items():
        if reason in REASONS:
            words.append(f"{n:,} {REASONS[reason]}")
        else:
            words.append(plural(n, "prospect") if reason == Eligibility.PROSPECT else f"{n:,} {reason}")
    return ", ".join(words)
