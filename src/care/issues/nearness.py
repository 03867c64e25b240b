"""Which open issues a new one may be the same as. They are only ever suggested; a person decides."""

from collections.abc import Sequence

from care.text import fold

NEAR = 60
"""How alike an issue and a title must be, of 100, to be worth asking about."""

NEAR_IN_PASSING = 80
"""How alike a passage and a title must be where nobody said that the passage is an issue."""

MOST = 3
"""How many are worth choosing from."""


def near_issues(text: str, known: Sequence[tuple[int, str]], near: int = NEAR) -> list[tuple[int, str]]:
    """The known issues (id, title) whose words are most like the text's, the likest first; few, or none."""
    from rapidfuzz import fuzz, process
    from rapidfuzz.utils import default_process as bare  # without commas, quotation marks and the like

    words = bare(fold(text))
    titles = {place: bare(fold(title)) for place, (_, title) in enumerate(known)}
    found = process.extract(words, titles, scorer=fuzz.token_set_ratio, score_cutoff=near, limit=None)
    found.sort(key=lambda one: (-one[1], -fuzz.ratio(words, one[0])))
    return [known[place] for _, _, place in found[:MOST]]
