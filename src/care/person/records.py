"""What is shown of one customer who is forgotten, or merged into another."""

from typing import NamedTuple

from care.db.tables.forgotten import Forgotten


class Mention(NamedTuple):
    """Words about others in which the name still stands; ``where`` is what they are, ``ref`` names them."""

    where: str
    ref: str
    words: str


class KeptMarks(NamedTuple):
    """What a store keeps of the forgotten: its key, and every mark."""

    key: bytes
    marks: tuple[Forgotten, ...]


class Farewell(NamedTuple):
    """Who is forgotten, what of them is erased, and what stays.

    ``erased`` counts rows by what they are, ``calls`` stay as calls with nobody. ``issues`` that nobody else raised and
    ``veins`` that nobody else is in go too; ``mentions`` are for a person to look at, ``beyond`` is what care cannot
    reach.
    """

    id: int
    name: str
    company: str | None
    erased: dict[str, int]
    calls: int
    issues: tuple[str, ...]
    veins: tuple[str, ...]
    mentions: tuple[Mention, ...]
    beyond: tuple[str, ...]
    forgotten: bool = False
