"""How far an import has come."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from care import chain
from care.customers.customer_input import CustomerInput
from care.customers.imports.records import RejectedLine
from care.customers.imports.rows import Claims
from care.customers.imports.shared_contacts import SharedContact
from care.customers.marks import marks_of
from care.customers.order import Position
from care.db.ledger import LedgerRow
from care.settings import Policy
from care.words import Eligibility, Status, Usable

SAMPLE = 5
"""So many of the names that were added, and of those that were updated, are shown."""


@dataclass(slots=True)
class ImportProgress:
    """What an import knows and has counted so far. ``free`` is the next free id of each table it adds to.

    ``pointers`` are by stratum, and ``base`` is the first cycle of one that has none. ``cases`` remembers how newcomers
    stand, by their status and the usability of each of their numbers; ``joined_as`` counts them. ``shared_contacts``
    holds those who share an address or a number with many, ``running_numbers`` the last running number of an identity
    many share, ``shared`` the addresses and numbers that rows of the file have in common with somebody. ``moved`` is
    what the ledger records once all have joined.
    """

    batch_id: int
    source: str
    now: datetime
    today: date
    key: bytes
    settings: Policy
    pointers: Mapping[str, Position]
    base: int
    free: dict[str, int]
    counts: Counter[str]
    claims: Claims
    forgotten: Mapping[str, date]
    rejections: list[RejectedLine] = field(default_factory=list)
    standings: Counter[Eligibility] = field(default_factory=Counter)
    unchecked: int = 0
    sample: list[str] = field(default_factory=list)
    updated_sample: list[str] = field(default_factory=list)
    joined_as: Counter[str] = field(default_factory=Counter)
    shared_contacts: dict[str, SharedContact] = field(default_factory=dict)
    running_numbers: dict[str, int] = field(default_factory=dict)
    shared: set[str] = field(default_factory=set)
    cases: dict[tuple[Status, tuple[Usable, ...]], Eligibility] = field(default_factory=dict)
    joined: chain.Bundle = field(default_factory=chain.Bundle)
    moved: list[LedgerRow] = field(default_factory=list)

    def reject(self, line: int, reason: str) -> None:
        """Counts a row that cannot be taken."""
        self.counts["rejected"] += 1
        self.rejections.append(RejectedLine(line, reason))

    def forgotten_on(self, row: CustomerInput) -> date | None:
        """The day on which the customer of a row was let go; None for everybody else."""
        if not self.forgotten:
            return None
        marks = marks_of(self.key, row, self.source)
        return next((self.forgotten[mark] for mark in marks if mark in self.forgotten), None)

    def next_id(self, table: str) -> int:
        """The next free id of a table."""
        self.free[table] += 1
        return self.free[table] - 1
