"""Chance that anybody can repeat: words of a BLAKE2b in counter mode, the same on every machine and every Python."""

from collections.abc import Iterator
from hashlib import blake2b
from struct import Struct

from care import chain

_WORDS = Struct("<8Q")
_HALVES = 2.0**-53


class Stream:
    """Endless numbers that follow from a seal and the question they are for, and from nothing else."""

    def __init__(self, seal: str, question: str) -> None:
        key = bytes.fromhex(chain.digest(seal, question))
        self._keyed = blake2b(key=key, digest_size=64)
        self._words = self._flow()

    def _flow(self) -> Iterator[int]:
        counter = 0
        while True:
            block = self._keyed.copy()
            block.update(counter.to_bytes(8, "little"))
            yield from _WORDS.unpack(block.digest())
            counter += 1

    def word(self) -> int:
        """The next number of 64 bits, each as likely as any other."""
        return next(self._words)

    def part(self) -> float:
        """The next number from 0 up to but not including 1, a multiple of 2⁻⁵³."""
        return (next(self._words) >> 11) * _HALVES

    def sample(self, size: int, of: int) -> set[int]:
        """So many different numbers below ``of``, every such set equally likely (to one part in 2⁶⁴ / of)."""
        if 2 * size > of:
            return set(range(of)) - self.sample(of - size, of)
        taken: set[int] = set()
        words = self._words
        while len(taken) < size:
            taken.add(next(words) * of >> 64)
        return taken
