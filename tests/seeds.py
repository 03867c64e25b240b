"""Where the simulations take their chance from: the same keys on every run, or fresh ones for whoever asks.

``CARE_FRESH_KEYS=1 pytest -m slow`` makes a seed and prints it at the end; ``CARE_FRESH_KEYS=SEED`` repeats it.
"""

import os
import secrets
from hashlib import blake2b
from random import Random

VARIABLE = "CARE_FRESH_KEYS"
FIXED = "the same keys on every run"


def settle() -> str | None:
    """The seed of fresh keys, made now where one is asked for, so that every process of a run has the same; or None."""
    if os.environ.get(VARIABLE) == "1":
        os.environ[VARIABLE] = secrets.token_hex(16)
    return os.environ.get(VARIABLE) or None


def key(of: str, number: int) -> bytes:
    """One of endlessly many keys of 256 bits for the simulation of that name."""
    seed = os.environ.get(VARIABLE) or FIXED
    return blake2b(f"{of} {number}".encode(), key=seed.encode()[:64], digest_size=32).digest()


def chance(of: str) -> Random:
    """Chance for the simulation of that name."""
    return Random(key(of, 0))
