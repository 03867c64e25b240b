"""What is wrong with notes of a call."""

from collections.abc import Sequence
from difflib import get_close_matches

from care.errors import WrongUsage


class NoSuchQuestion(WrongUsage):
    """The guide has no question with that key."""

    def __init__(self, key: str, keys: Sequence[str]) -> None:
        near = get_close_matches(key, keys, 1)
        hint = f"Did you mean {near[0]}?" if near else f"The guide has {', '.join(keys)}."
        super().__init__(f"there is no question “{key}”. {hint}")


class NoReading(WrongUsage):
    """That question takes no reading."""

    def __init__(self, key: str, keys: Sequence[str]) -> None:
        super().__init__(f"“{key}” takes no reading. These do: {', '.join(keys)}.")


class TalkToCome(WrongUsage):
    """A talk recorded before it took place."""

    def __init__(self, said: str) -> None:
        super().__init__(f"{said} is still to come. A talk is logged once it was held; plan one with care plan add.")


class AgainIsPast(WrongUsage):
    """A call to come, on a day that is over."""

    def __init__(self, said: str) -> None:
        super().__init__(f"{said} is past, so nobody can be called again then. Name a day to come, like “in 2 weeks”.")
