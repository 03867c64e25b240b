"""A transcript as a file gives it."""

from dataclasses import dataclass
from typing import NamedTuple


class PassageDraft(NamedTuple):
    """Some words, when they were said in milliseconds from the beginning, and who said them, where that is known."""

    starts_ms: int
    ends_ms: int
    speaker: str | None
    words: str


@dataclass(frozen=True, slots=True)
class TranscriptDraft:
    """A whole transcript; ``digest`` is of the bytes of the file, to know it by."""

    file: str
    digest: str
    passages: tuple[PassageDraft, ...]

    @property
    def minutes(self) -> int:
        """How long it is, rounded to minutes."""
        return round(max(one.ends_ms for one in self.passages) / 60_000)
