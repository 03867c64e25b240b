"""What is wrong when a plan or a call is asked for."""

from care.errors import NotFound, WrongUsage
from care.text import plural
from care.times.weeks import Week


class WeekBehind(WrongUsage):
    """A draw for a week that is over, or that later draws have passed."""

    def __init__(self, week: Week, last: str | None, drawn: bool = False) -> None:
        why = f"weeks up to {last} are drawn" if last and Week.parse(last) >= week else "it is over"
        what = "has its plan, and nobody can be added" if drawn else "has no plan and cannot get one"
        super().__init__(f"week {week} {what}: {why}. Draws only go forward.")


class WeekAhead(WrongUsage):
    """A draw further ahead than next week."""

    def __init__(self, week: Week, latest: Week) -> None:
        super().__init__(f"week {week} is too far ahead: a draw is made at most for next week, {latest}.")


class WeekIsOff(WrongUsage):
    """A draw for a week that was marked off."""

    def __init__(self, week: Week, reason: str) -> None:
        super().__init__(f"week {week} is marked off: {reason}. Plan the next one with care plan --week next.")


class ClockSetBack(WrongUsage):
    """The clock shows an instant before the last draw."""

    def __init__(self, drawn_at: str) -> None:
        super().__init__(f"the clock is behind the last draw of {drawn_at}. Set it right; draws only go forward.")


class NobodyToDraw(WrongUsage):
    """There is no customer who could be drawn."""

    def __init__(self, customers: int, excluded: dict[str, int]) -> None:
        if not customers:
            super().__init__("there are no customers yet. Bring them in with care customers import FILE.")
            return
        reasons = ", ".join(f"{n} {reason.replace('_', ' ')}" for reason, n in excluded.items())
        super().__init__(
            f"none of {plural(customers, 'customer')} can be drawn: {reasons}. See care customers, "
            "or widen who is called with care config set statuses."
        )


class FewerCalls(WrongUsage):
    """A drawn plan cannot be made smaller."""

    def __init__(self, asked: int, planned: int) -> None:
        super().__init__(f"--calls {asked} is fewer than the {planned} drawn already. A plan can only be extended.")


class NoSuchCall(NotFound):
    """No call has that number."""

    def __init__(self, said: str) -> None:
        super().__init__(f"there is no call “{said}”. care plan shows this week's, like c41.")


class CallIsOver(WrongUsage):
    """The call came to its end already."""

    def __init__(self, call_id: int, name: str, state: str) -> None:
        super().__init__(f"c{call_id} with {name} is {state} already.")


class WeekIsDrawn(WrongUsage):
    """A week off that has a plan already."""

    def __init__(self, week: Week) -> None:
        super().__init__(f"week {week} is drawn already. Skip its calls one by one: care plan skip CALL --reason TEXT.")
