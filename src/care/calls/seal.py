"""The seal over a draw (``draw.md``, Ledger, seal, verification)."""

from collections.abc import Mapping, Sequence
from typing import Any

from care import chain
from care.words import Role


def entry_leaf(salt: str, uid: str, cycle: int, place: int, role: Role, reason: str | None) -> str:
    """The commitment to one customer's part in a draw."""
    return chain.leaf(salt, uid, cycle, place, role.value, reason or "")


def seal_of(draw: Mapping[str, Any], leaves: Sequence[str]) -> str:
    """The seal in hex: over the draw's own facts, which name the seal before it, and the leaves in rank."""
    return chain.digest(chain.canonical(draw), *leaves)


def spoken(seal: str) -> str:
    """The seal's first 12 characters in fours, as it is printed and read aloud."""
    return " ".join(seal[start : start + 4] for start in (0, 4, 8))
