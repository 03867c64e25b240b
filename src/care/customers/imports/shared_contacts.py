"""Customers who share one address or number, where they are many, as all who are reached by one switchboard.

To weigh each of them for each row would take the square of their number. Only few of them can decide whom a row means.
"""

from bisect import insort
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

MANY_HOLDERS = 50
"""More customers than this with one address or number are not weighed one by one."""


class Holder(NamedTuple):
    """One of those who have it. ``name`` is folded; ``is_numbered`` says that the file's own system has a number for
    them.
    """

    ref: int
    name: str
    has_email: bool
    is_numbered: bool


class SharedContact:
    """Everyone who has one address or number."""

    def __init__(self, holders: Iterable[Holder]) -> None:
        """``holders`` come by rising ``ref``."""
        self._named: dict[tuple[bool, str], list[int]] = {}
        waiting: dict[tuple[bool, bool], list[int]] = {}
        for holder in holders:
            self.add(holder.ref, holder.name, holder.is_numbered)
            for unnumbered in {False, not holder.is_numbered}:
                for without_email in {False, not holder.has_email}:
                    waiting.setdefault((unnumbered, without_email), []).append(holder.ref)
        self._waiting = {kind: _Waiting(refs) for kind, refs in waiting.items()}

    def add(self, ref: int, name: str, is_numbered: bool) -> None:
        """Adds someone a row of the file was already; nobody is there twice."""
        for unnumbered in {False, not is_numbered}:
            mine = self._named.setdefault((unnumbered, name), [])
            if not mine or mine[-1] < ref:
                mine.append(ref)
            elif ref not in mine:
                insort(mine, ref)

    def remove(self, ref: int, name: str) -> None:
        """Takes away someone who is about to change; who still belongs to it is added again."""
        for unnumbered in (False, True):
            mine = self._named.get((unnumbered, name), [])
            if ref in mine:
                mine.remove(ref)

    def who_decide(
        self, name: str, *, unnumbered: bool, without_email: bool, is_claimed: Callable[[int], bool]
    ) -> list[int]:
        """Those who lead ``same_person`` to what all of them would lead it to, the first of that name or up to two.

        With the name there, nothing else counts. Without it, it is only asked whether nobody, one or several are
        unclaimed. ``unnumbered`` leaves out those with a number in the file's own system; ``without_email`` leaves out
        those with an address, as for a number beside a row's own: who shares the address is found by that.
        """
        named = self._named.get((unnumbered, name))
        if named:
            return named[:1]
        waiting = self._waiting.get((unnumbered, without_email))
        return waiting.two(is_claimed) if waiting else []


class _Waiting:
    """Customers no row of the file was yet. Who is claimed stays so, and so each is looked at once."""

    def __init__(self, refs: list[int]) -> None:
        self._first: list[int] = []
        self._rest: Iterator[int] = iter(refs)

    def two(self, is_claimed: Callable[[int], bool]) -> list[int]:
        """The first two who are unclaimed still, or fewer."""
        self._first = [ref for ref in self._first if not is_claimed(ref)]
        while len(self._first) < 2 and (ref := next(self._rest, None)) is not None:
            if not is_claimed(ref):
                self._first.append(ref)
        return list(self._first)
