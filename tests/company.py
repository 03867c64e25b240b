"""A company in memory: who is drawn week after week by the rules of the order alone, without a store."""

from collections.abc import Iterable, Sequence

from care.customers.order import Position, entering, joining, moved_on


class Company:
    """Customers by uid, their positions and the pointer.

    ``busy`` have a call already; ``drawn`` holds the pointer's cycle and the uid of each call.
    """

    def __init__(self, key: bytes, uids: Iterable[str]) -> None:
        self.key = key
        self.pointer: Position | None = None
        self.positions: dict[str, Position] = {}
        self.paused: set[str] = set()
        self.busy: set[str] = set()
        self.rests_until: dict[str, int] = {}
        self.drawn: list[tuple[int, str]] = []
        for uid in uids:
            self.join(uid)

    def join(self, uid: str) -> None:
        """Lets a newcomer join."""
        self.positions[uid] = joining(self.key, uid, self.pointer)

    def pause(self, uid: str) -> None:
        """Takes somebody out of the order."""
        self.paused.add(uid)

    def back(self, uid: str) -> None:
        """Lets somebody who was paused come back."""
        self.paused.remove(uid)
        self.positions[uid] = entering(self.key, uid, self.positions[uid], self.pointer)

    def in_turn(self, week: int = 0) -> list[str]:
        """Everybody who could be drawn in that week, in the order of the draw."""
        out = self.paused | self.busy
        could = [uid for uid in self.positions if uid not in out and self.rests_until.get(uid, week) <= week]
        return sorted(could, key=self.positions.__getitem__)

    def draw(self, seats: int, week: int = 0) -> Sequence[str]:
        """The uids of those whose turn it is; the pointer moves to the last of them."""
        called = self.in_turn(week)[:seats]
        for uid in called:
            self.pointer = max(self.pointer or self.positions[uid], self.positions[uid])
        self.drawn += [(self.cycle, uid) for uid in called]
        return called

    def close(self, uid: str, rests_until: int = 0) -> None:
        """Brings a drawn call to its end: its customer moves on, and rests until that week."""
        self.positions[uid] = moved_on(self.key, uid, self.positions[uid], self.pointer)
        self.rests_until[uid] = rests_until

    @property
    def cycle(self) -> int:
        """The cycle the pointer is in; 1 before the first draw."""
        return self.pointer.cycle if self.pointer else 1

    def still_to_come(self, week: int = 0) -> list[str]:
        """Those who could be drawn in that week and whose turn comes in the running cycle, in their order."""
        return [uid for uid in self.in_turn(week) if self.positions[uid].cycle <= self.cycle]


def uids(count: int, first: int = 1) -> list[str]:
    """That many uids."""
    return [f"{number:032x}" for number in range(first, first + count)]
