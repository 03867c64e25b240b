"""What was written on a sheet, before it is known what it means. Every piece keeps the number of its line."""

from dataclasses import dataclass, field
from typing import NamedTuple

from care.errors import BadFile


class BadLine(BadFile):
    """A line of a sheet that cannot be placed, or says what cannot be."""

    def __init__(self, name: str, line: int, what: str) -> None:
        super().__init__(f"{name}, line {line}: {what}")


class FormLine(NamedTuple):
    """Some words and the line they stand on."""

    number: int
    text: str


class MarkedLine(NamedTuple):
    """A line that is more than an answer, such as an issue."""

    marker: str
    number: int
    text: str


class ToldLine(NamedTuple):
    """An issue they were told of, and their reaction."""

    issue: int
    number: int
    reaction: str


class Header(NamedTuple):
    """Whose sheet it is: the store's mark, the call or the customer, and the version of the call it was printed from.

    ``who`` is whom somebody wrote on a blank one.
    """

    store: str | None = None
    call: int | None = None
    customer: int | None = None
    version: int | None = None
    who: FormLine | None = None


@dataclass(frozen=True, slots=True)
class FilledForm:
    """All that was written on a sheet. ``fields`` hold words of their closed set, or text as it was written."""

    name: str
    header: Header
    fields: dict[str, FormLine] = field(default_factory=dict)
    answers: dict[str, tuple[FormLine, ...]] = field(default_factory=dict)
    readings: dict[str, FormLine] = field(default_factory=dict)
    marked: tuple[MarkedLine, ...] = ()
    told: tuple[ToldLine, ...] = ()

    @property
    def is_blank(self) -> bool:
        """Whether nothing was noted: who called and when says nothing of a talk by itself."""
        noted = self.fields.keys() - {"caller", "when", "how", "with"}
        return not (noted or self.answers or self.readings or self.marked or self.told)
