"""Why a change cannot be taken back."""

from care.errors import NotFound, WrongUsage


class NothingToUndo(NotFound):
    """No change is left that could be taken back."""

    def __init__(self) -> None:
        super().__init__("there is nothing to undo. care undo --list shows what was done.")


class NoSuchImport(NotFound):
    """No import has that number."""

    def __init__(self, said: str) -> None:
        super().__init__(f"there is no import “{said}”. care undo --list shows them, like b1.")


class UndoneAlready(WrongUsage):
    """The import was taken back before."""

    def __init__(self, said: str) -> None:
        super().__init__(f"{said} was taken back already. Import the file again to have it.")


class DrawStays(WrongUsage):
    """The change drew someone, and a draw is never undone."""

    def __init__(self, command: str) -> None:
        if command == "init":
            super().__init__("there is nothing left to undo but the store itself.")
            return
        super().__init__(
            f"“care {command}” drew someone, and a draw is never undone: else one could draw until it pleases. "
            "Skip a call instead: care plan skip CALL --reason TEXT."
        )


class OrderStays(WrongUsage):
    """The change switched the strata, or was made before they were."""

    def __init__(self, command: str) -> None:
        super().__init__(
            f"“care {command}” cannot be taken back: with other strata everybody was given a new place in the draw. "
            "care config set strata none draws from all alike again, in an order that is new once more."
        )


class DrawnFrom(WrongUsage):
    """The change added somebody who stands in a draw."""

    def __init__(self, command: str, week: str) -> None:
        super().__init__(
            f"the draw of week {week} names somebody whom “care {command}” added, and a draw is never undone. "
            "Let single customers go instead: care customers left WHO --reason TEXT."
        )


class CustomersForgotten(WrongUsage):
    """The change forgot somebody, or was about somebody who was forgotten since."""

    def __init__(self, command: str) -> None:
        if command.endswith("forget"):
            super().__init__(f"“care {command}” let somebody go, and nothing of them is left to bring back.")
            return
        super().__init__(
            f"“care {command}” was about somebody who was forgotten since, and nothing of that is left to bring back."
        )


class RestoreStays(WrongUsage):
    """The last thing done was to bring a backup back."""

    def __init__(self) -> None:
        super().__init__(
            "the last thing done was care restore. What was there before it lies beside the store: "
            "bring that back with care restore FILE."
        )


class LaterWork(WrongUsage):
    """Something done later stands on the change."""

    def __init__(self, command: str, later: str, on: str, more: int) -> None:
        others = f" and {more} more" if more else ""
        super().__init__(f"“care {later}” of {on}{others} stands on “care {command}”. Undo that first: care undo.")
