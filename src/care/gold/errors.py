"""What is wrong when gold is gathered."""

from collections.abc import Sequence

from care.errors import Ambiguous, NotFound, WrongUsage
from care.words import VeinState


class NoSuchVein(NotFound):
    """No vein answers to that."""

    def __init__(self, said: str) -> None:
        super().__init__(f"there is no vein “{said}”. care gold lists them, like g2.")


class WhichVein(Ambiguous):
    """More than one title holds those words."""

    def __init__(self, said: str, labels: Sequence[str]) -> None:
        super().__init__("vein", said, labels)


class NoSuchPassage(NotFound):
    """No wish or trigger has that number."""

    def __init__(self, said: str) -> None:
        super().__init__(f"there is no wish or trigger “{said}”. care gold lists them, like w3 and t4.")


class MixedKinds(WrongUsage):
    """Wishes and triggers in one vein."""

    def __init__(self, wish: str, trigger: str) -> None:
        super().__init__(
            f"{wish} is a wish and {trigger} a trigger, and a vein is of one kind. Gather each with its like."
        )


class GatheredAlready(WrongUsage):
    """The passage is in a vein."""

    def __init__(self, ref: str, vein_id: int) -> None:
        super().__init__(f"{ref} is in g{vein_id} already. Take it out first: care gold loosen {ref}.")


class NotGathered(WrongUsage):
    """The passage is in no vein."""

    def __init__(self, ref: str) -> None:
        super().__init__(f"{ref} is in no vein. care gold gather {ref} --into g2 puts it into one.")


class RaisedByThem(WrongUsage):
    """The passage made its customer a raiser of an issue."""

    def __init__(self, ref: str, vein_id: int, issue_id: int | None) -> None:
        issue = "an issue" if issue_id is None else f"i{issue_id}"
        super().__init__(
            f"g{vein_id} became {issue}, and who said {ref} has to be told of it. care undo takes the last step back."
        )


class NoTitle(WrongUsage):
    """A vein without a word to be known by."""

    def __init__(self) -> None:
        super().__init__("a vein needs a few words to be known by. Say them with --title.")


class NoPromise(WrongUsage):
    """A promise without words, or with too many."""

    def __init__(self, most: int) -> None:
        super().__init__(
            f"a promise to all is one sentence of at most {most} characters. Say what we promise, in our words."
        )


class CameToSomething(WrongUsage):
    """Something became of the vein already."""

    def __init__(self, vein_id: int, state: VeinState, issue_id: int | None) -> None:
        if state is VeinState.ISSUE:
            became = "an issue" if issue_id is None else f"i{issue_id}"
            instead = "" if issue_id is None else f" See care issues show i{issue_id}."
            super().__init__(f"g{vein_id} became {became} already.{instead}")
        elif state is VeinState.PROMISE:
            super().__init__(f"g{vein_id} is a promise of ours already. Drop it first: care gold drop g{vein_id}.")
        else:
            super().__init__(f"g{vein_id} is dropped already.")


class NobodyLeft(WrongUsage):
    """A vein without a passage."""

    def __init__(self, vein_id: int) -> None:
        super().__init__(f"nobody is left in g{vein_id} who could raise an issue. Gather something into it first.")
