"""What is wrong when a small touch is named or settled."""

from care.errors import NotFound, WrongUsage


class NoSuchTouch(NotFound):
    """There is no small touch of that number."""

    def __init__(self, touch_id: int) -> None:
        super().__init__(f"there is no “n{touch_id}”. care owed lists what is owed.")


class TouchIsOver(WrongUsage):
    """It was done or dropped already, and is not proposed again."""

    def __init__(self, touch_id: int, state: str) -> None:
        super().__init__(f"n{touch_id} is {state} already, and does not come again for that talk.")
