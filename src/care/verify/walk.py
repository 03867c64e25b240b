"""The ledger from its first row: its chain, and with each row what it says of the customers and the draws."""

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC
from typing import Any

from care import chain
from care.db.tables.ledger import Ledger
from care.verify.draws import DrawCheck
from care.verify.evidence import Evidence, PresentCustomer
from care.verify.findings import Findings
from care.verify.order import Order
from care.verify.replay import Newcomer, Replay
from care.words import IN_THE_ORDER, LedgerKind


class LedgerWalk:
    """One walk along the ledger. ``policy`` is the one that is in force at the row it has come to."""

    def __init__(self, evidence: Evidence, findings: Findings) -> None:
        self.policy: Mapping[str, Any] = {}
        self._evidence, self._findings = evidence, findings
        order = Order(evidence.key)
        self.replay = Replay(order, evidence.people, evidence.left)
        self._draws = DrawCheck(evidence, self.replay, order, findings)
        self._head, self._next_id = chain.START, 1
        self._strata = {customer.id: customer.stratum for customer in evidence.people.values()}
        self._lost = 0  # customers of whom nothing is left: forgotten since, or gone with an undone import
        self._lost_by: dict[int | None, int] = {}  # and with which change they had come

    def take(self, row: Ledger) -> None:
        """Checks one row and plays it."""
        self._check_chain(row)
        self._check_identity(row)
        self.policy = row.facts.get("policy", self.policy)
        self._play(row)
        for problem in self.replay.wrong:
            self._findings.note(problem)
        self.replay.wrong.clear()

    def finish(self) -> None:
        """Checks what only shows at the end."""
        self._draws.check_unrecorded()
        if self._lost:
            self._findings.note(f"{abs(self._lost)} who joined are gone, and nobody let them go or took them back")
        self._draws.check_unnamed_calls()

    def _check_chain(self, row: Ledger) -> None:
        if row.id != self._next_id:
            self._findings.note(f"ledger row {self._next_id} is missing")
        at = row.at.astimezone(UTC).isoformat()
        if chain.link(self._head, row.kind.value, at, row.leaf, row.facts) != row.hash:
            self._findings.note(f"ledger row {row.id} ({row.kind.value}, {row.at:%Y-%m-%d}) was changed")
        self._head, self._next_id = row.hash, row.id + 1

    def _check_identity(self, row: Ledger) -> None:
        if row.uid is None:
            return
        if chain.leaf(row.salt or "", row.uid, row.kind.value) != row.leaf:
            self._findings.note(f"ledger row {row.id} names somebody else than was recorded")
        customer = None if row.customer_id is None else self._evidence.people.get(row.customer_id)
        if customer is not None and customer.uid != row.uid:
            self._findings.note(f"customer {row.customer_id} is not who ledger row {row.id} speaks of")

    def _play(self, row: Ledger) -> None:
        if row.kind is LedgerKind.JOINED and "batch" in row.facts:
            self._join(row, self._evidence.members.get(row.facts["batch"], []))
        elif row.kind is LedgerKind.DRAW:
            self._draws.check(row, self.policy, is_whole=self._lost <= 0)
        elif row.kind is LedgerKind.STEP:
            self._draws.check_step(row, self.policy)
        elif row.kind is LedgerKind.STRATUM:
            self.replay.switch(row, self._strata)
        elif row.kind is LedgerKind.FORGET:
            self._forget(row.facts["batches"])
        else:
            self._count_lost(row)
            self.replay.step(row)

    def _count_lost(self, row: Ledger) -> None:
        if row.kind is LedgerKind.JOINED and row.uid is None:
            self._lost += 1
        elif row.kind is LedgerKind.UNDO:
            self._lost -= self._lost_by.pop(row.facts["change"], 0)

    def _forget(self, batches: Collection[int | None]) -> None:
        for batch in batches:
            self._lost -= 1
            change = None if batch is None else self._evidence.batches.get(batch)
            if change in self._lost_by:
                self._lost_by[change] -= 1

    def _join(self, row: Ledger, members: Sequence[PresentCustomer]) -> None:
        bundle, first, stratum_after = chain.Bundle(), self._evidence.first, self.replay.stratum_after
        stood = [(member, *first.get(member.id, (member.standing, member.cycle))) for member in members]
        newcomers = (
            Newcomer(
                member.id,
                member.uid,
                standing in IN_THE_ORDER,
                cycle,
                stratum_after(member.id, row.change_id, member.stratum),
            )
            for member, standing, cycle in stood
        )
        turns = self.replay.join(row.change_id, newcomers)
        for turn, (member, standing, _) in zip(turns, stood, strict=True):
            bundle.add_line(f"{member.uid}\0{turn.cycle}\0{turn.place}\0{standing.value}")
        missing = row.facts["count"] - len(members)
        if missing:
            self._lost += missing
            self._lost_by[row.change_id] = missing
        elif bundle.hexdigest() != row.facts["digest"]:
            self._findings.note(f"the customers of import b{row.facts['batch']} are not those who joined with it")
