"""Finding veins and passages by what a person typed."""

import re
from collections.abc import Sequence

from sqlalchemy.orm import Session

from care.gold.errors import NoSuchPassage, NoSuchVein, WhichVein
from care.gold.queries import PassageRow, passages, vein_titles, veins_of
from care.gold.records import LETTERS
from care.text import fold

_REF = re.compile(r"([wt])?([0-9]{1,15})")

_NUMBER = re.compile(r"g?([0-9]{1,15})")


def find_vein(session: Session, said: str) -> int:
    """The id of the vein that ``g2``, ``2`` or part of its title means. Raises NoSuchVein or WhichVein."""
    number = _NUMBER.fullmatch(said.strip().lower())
    if number:
        if not veins_of(session, [int(number[1])]):
            raise NoSuchVein(said)
        return int(number[1])
    hits = [row for row in vein_titles(session) if fold(said) in fold(row.title)] if fold(said) else []
    if not hits:
        raise NoSuchVein(said)
    if len(hits) > 1:
        raise WhichVein(said, [f"g{row.id} {row.title}" for row in hits[:9]])
    return hits[0].id


def find_passages(session: Session, refs: Sequence[str]) -> list[PassageRow]:
    """The passages that ``w3``, ``t4`` or ``3`` mean, in the order said, each once. Raises NoSuchPassage."""
    numbers: dict[int, str] = {}
    for ref in refs:
        parts = _REF.fullmatch(ref.strip().lower())
        if parts is None:
            raise NoSuchPassage(ref)
        numbers.setdefault(int(parts[2]), ref)
    rows = {row.id: row for row in passages(session, list(numbers))}
    for number, ref in numbers.items():
        letter = ref.strip().lower()[:1]
        if number not in rows or (letter in "wt" and letter != LETTERS[rows[number].kind]):
            raise NoSuchPassage(ref)
    return [rows[number] for number in numbers]
