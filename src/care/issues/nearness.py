"""Which open issue a new one may be the same as. It is only ever suggested; a person decides."""

from collections.abc import Sequence

from care.text import fold

NEAR = 60
"""How alike two titles must be, of 100, to be worth asking about."""


def nearest_issue(text: str, known: Sequence[tuple[int, str]]) -> tuple[int, str] | None:
    """The (id, title) of the known issue whose words are most like the text's, or None where none is near."""
    from rapidfuzz import fuzz, process

    titles = {issue_id: fold(title) for issue_id, title in known}
    found = process.extractOne(fold(text), titles, scorer=fuzz.token_set_ratio, score_cutoff=NEAR)
    return None if found is None else next(one for one in known if one[0] == found[2])
