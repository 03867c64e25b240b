"""Everything care can refuse: each error takes facts and writes its own sentence.

The sentence says what is wrong, with the user's own word in it, and what to do. It is printed once, in
``cli/launch.py``.
"""

from collections.abc import Sequence


class CareError(Exception):
    """A refusal with its sentence and its exit code."""

    exit_code = 2

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class WrongUsage(CareError):
    """The command cannot mean what was typed."""

    exit_code = 2


class NotFound(CareError):
    """Nobody or nothing answers to what was typed."""

    exit_code = 3


class BadFile(CareError):
    """A file that came in cannot be taken."""

    exit_code = 4


class BadStore(CareError):
    """The store cannot be used."""

    exit_code = 5


class NoStore(BadStore):
    """There is no store where care looked."""

    def __init__(self, path: str) -> None:
        super().__init__(f"there is no store at {path}. Make one with care init, or look around first with care demo.")


class NoCalendar(CareError):
    """A calendar, or the server it is on, cannot be reached or refuses us. What the plan says is kept all the same."""

    exit_code = 6

    def __init__(self, what: str, todo: str) -> None:
        super().__init__(f"{what}. The plan is kept. {todo}, then: care plan.")
        self.what = what


class BadSetting(WrongUsage):
    """A setting has a value that makes no sense."""

    def __init__(self, name: str, said: str, form: str) -> None:
        super().__init__(f"{name} cannot be “{said}”. Write it like {form}.")


class BadWhen(WrongUsage):
    """A time that cannot be read, or can be read in two ways."""

    def __init__(self, said: str, reason: str) -> None:
        super().__init__(f"“{said}” {reason}.")


class Ambiguous(NotFound):
    """What was typed fits more than one.

    ``candidates`` are labels with the reference that would be unique, as a person can type it.
    """

    def __init__(self, what: str, said: str, candidates: Sequence[str], more: int = 0) -> None:
        tail = f" and {more} more" if more else ""
        super().__init__(
            f"“{said}” fits more than one {what}: {'; '.join(candidates)}{tail}. Say which, by its number."
        )
        self.candidates = tuple(candidates)
