"""The hashes that make the record of the draws tamper-evident: leaves that can be erased, links that cannot."""

import json
from collections.abc import Mapping
from hashlib import blake2b
from typing import Any

START = "0" * 64
"""What the first link is chained to."""


def canonical(facts: Mapping[str, Any]) -> bytes:
    """The facts as JSON that is the same on every machine: sorted keys, no spaces, UTF-8."""
    return json.dumps(facts, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def digest(*parts: str | bytes) -> str:
    """A 256-bit BLAKE2b in hex over the parts, each with its length, so that no two lists of parts run together."""
    made = blake2b(digest_size=32)
    for part in parts:
        raw = part.encode() if isinstance(part, str) else part
        made.update(len(raw).to_bytes(8, "big") + raw)
    return made.hexdigest()


def leaf(salt: str, *facts: object) -> str:
    """A salted commitment to facts about a person: once the salt is erased it tells nothing about them."""
    return digest(salt, *(str(fact) for fact in facts))


def link(before: str, kind: str, at: str, committed: str, facts: Mapping[str, Any]) -> str:
    """The hash of one ledger row, over the row before, its own kind and instant, its leaf and its facts."""
    return digest(before, kind, at, committed, canonical(facts))


class Bundle:
    """A digest of many things whatever their order, which can be added up as they pass (sum of BLAKE2b mod 2**256)."""

    def __init__(self) -> None:
        self.count = 0
        self._sum = 0

    def add(self, *facts: object) -> None:
        """Adds one thing."""
        self.add_line("\0".join(map(str, facts)))

    def add_line(self, facts: str) -> None:
        """Adds one thing whose facts are joined by NUL already."""
        self.count += 1
        self._sum += int.from_bytes(blake2b(facts.encode(), digest_size=32).digest(), "big")

    def hexdigest(self) -> str:
        """The digest of all that was added."""
        return f"{self._sum % (1 << 256):064x}"
