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


class KeyTaken(WrongUsage):
    """There is a question of that key already."""

    def __init__(self, key: str, *, retired: bool) -> None:
        instead = f"Bring it back with care questions restore {key}" if retired else "Take another key"
        state = "a retired question" if retired else "a question"
        super().__init__(f"there is {state} “{key}” already. {instead}, or change it with care questions reword {key}.")


class NoWords(WrongUsage):
    """A question, or a probe, without a word in it."""

    def __init__(self, what: str) -> None:
        super().__init__(f"{what} is empty. Say it in the words you would ask it in.")


class TooLong(WrongUsage):
    """A question nobody could ask in one breath."""

    def __init__(self, what: str, length: int, most: int) -> None:
        super().__init__(
            f"{what} has {length} characters, and nobody can ask more than {most} at once. Make it shorter."
        )


class NothingReworded(WrongUsage):
    """The question is put like that already."""

    def __init__(self, key: str) -> None:
        super().__init__(f"“{key}” is put like that already. Say the new words, or new probes with --probe.")


class RetiredAlready(WrongUsage):
    """The question is not asked any more."""

    def __init__(self, key: str) -> None:
        super().__init__(f"“{key}” is retired already. care questions restore {key} brings it back.")


class AskedAlready(WrongUsage):
    """The question is asked now."""

    def __init__(self, key: str) -> None:
        super().__init__(f"“{key}” is asked already. care questions lists what is asked.")


class LastQuestion(WrongUsage):
    """Without this one nothing would be asked on every call."""

    def __init__(self, key: str) -> None:
        super().__init__(
            f"“{key}” is the last question for everybody on every call. Add another first: care questions add KEY TEXT."
        )
