"""An outlook as the rest of care sees it."""

from dataclasses import dataclass

from care.reports.outlook.waits import Waits


@dataclass(frozen=True, slots=True)
class Heard:
    """The chance, from 0 to 1, that a problem of one customer in ten has been on the phone after so many weeks."""

    weeks: int
    talks: int
    chance: float


@dataclass(frozen=True, slots=True)
class Outlook:
    """What so many talks a week with so many customers come to, if everyone is reached and nobody comes or goes.

    ``waits`` is None where nobody can be called. ``neglect_days`` is the team's own bound.
    """

    customers: int
    weekly: int
    waits: Waits | None
    heard: tuple[Heard, ...]
    neglect_days: int
