"""What a verification finds, and what it says of it."""

from typing import NamedTuple


class Problem(NamedTuple):
    """Something that is not as it was sealed or as the record makes it; ``week`` where it is about one."""

    what: str
    week: str | None = None


class Verification(NamedTuple):
    """What was looked at and found. ``draws`` with their supplements, ``verified`` of them without a problem.

    ``out_of_order`` counts customers who were passed over. ``erased`` entries are of the forgotten: their place can no
    longer be checked. ``seen`` is the seal asked for, ``seen_in`` the week it belongs to.
    """

    draws: int
    verified: int
    out_of_order: int
    erased: int
    problems: tuple[Problem, ...]
    head: str
    seen: str | None = None
    seen_in: str | None = None


class Findings:
    """Problems as they are found, each kept once; ``week`` is that of the draw the ledger has come to."""

    def __init__(self) -> None:
        self.problems: dict[Problem, None] = {}
        self.week: str | None = None
        self.passed_over = self.erased = 0

    def note(self, what: str, week: str | None = None) -> None:
        """Keeps a problem, of that week or else of the one the ledger has come to."""
        self.problems[Problem(what, week or self.week)] = None
