"""A transcript that was attached, as the rest of care sees it."""

from dataclasses import dataclass

from care.customers.person import Person


@dataclass(frozen=True, slots=True)
class Attached:
    """Which file went to which talk, how many passages it has, and who speaks in it.

    ``already`` where that file was attached to it before; ``sure`` where a name told who of the speakers is ours.
    """

    call: int
    customer: Person
    file: str
    passages: int
    minutes: int
    ours: tuple[str, ...]
    theirs: tuple[str, ...]
    sure: bool
    already: bool = False
    quoted: bool = False
