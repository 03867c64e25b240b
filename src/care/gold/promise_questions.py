"""How the keeping of a promise of ours is asked about."""

import re

KEY = "promise-g{}"
"""The key of the question, which names the vein."""

_KEY = re.compile(r"promise-g[0-9]+")

MOST = 200
"""How many characters a promise may have: it is said aloud, in one breath."""

PROBES = ("When did you last see it kept?", "And when not? What happened then?")


def question_about(promise: str) -> str:
    """The question a customer is asked about a promise."""
    return f"We promise: “{promise.rstrip('.')}.” How well do we keep that?"


def asks_about_promise(key: str) -> bool:
    """Whether the question of that key is about a promise of ours to all customers."""
    return _KEY.fullmatch(key) is not None
