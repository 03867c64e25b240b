"""What a vein is called as long as nobody called it anything."""

from collections.abc import Sequence

from care.text import tidy

LONGEST = 60
"""How many characters a suggested title has at most."""


def suggested_title(words: Sequence[str]) -> str:
    """The shortest of the passages, without the full stop at its end, cut between two words where it is long."""
    shortest = min((tidy(one) for one in words), key=len)
    title = shortest.rstrip(".!;, ") or shortest
    if len(title) <= LONGEST:
        return title
    return title[: LONGEST - 1].rsplit(" ", 1)[0].rstrip(".,;: ") + "…"
