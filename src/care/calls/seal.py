"""The seal over a draw, and what it is over (``draw.md``, Ledger, seal, verification)."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from care import chain
from care.words import Role

if TYPE_CHECKING:
    from care.customers.order_queries import PlacedRow


def entry_leaf(salt: str, uid: str, cycle: int, place: int, role: Role, reason: str | None) -> str:
    """The commitment to one customer's part in a draw."""
    return chain.leaf(salt, uid, cycle, place, role.value, reason or "")


def entries_in_rank(
    parts: "Iterable[tuple[Role, PlacedRow, str | None]]", salt: Callable[[], str]
) -> Iterator[dict[str, Any]]:
    """The entries of a draw as rows, each with its leaf: who takes part in it, as what and why, from rank 1 on."""
    for rank, (role, customer, reason) in enumerate(parts, 1):
        salted = salt()
        yield {
            "rank": rank,
            "role": role,
            "reason": reason,
            "stratum": customer.stratum,
            "customer_id": customer.id,
            "uid": customer.uid,
            "salt": salted,
            "cycle": customer.cycle,
            "place": customer.place,
            "leaf": entry_leaf(salted, customer.uid, customer.cycle, customer.place, role, reason),
        }


def seal_of(draw: Mapping[str, Any], leaves: Sequence[str]) -> str:
    """The seal in hex: over the draw's own facts, which name the seal before it, and the leaves in rank."""
    return chain.digest(chain.canonical(draw), *leaves)


def spoken(seal: str) -> str:
    """The seal's first 12 characters in fours, as it is printed and read aloud."""
    return " ".join(seal[start : start + 4] for start in (0, 4, 8))
