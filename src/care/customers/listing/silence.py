"""How long a customer has been silent, as people say it."""

import re
from datetime import date

from care.errors import BadSetting
from care.times.days import AMOUNT, Asked, amount_said, shifted

_SPAN = rf"{AMOUNT}(d|days?|w|weeks?|m|months?|y|years?)"


def silent_since(said: str, today: date) -> date:
    """The last day on which someone silent for ``90d``, ``12w``, ``6m`` or ``1y`` can have been heard.

    Raises BadSetting for what is no length of time, BadWhen for one that leads out of the calendar.
    """
    found = re.fullmatch(_SPAN, " ".join(said.lower().split()))
    if found is None:
        raise BadSetting("--silent", said, "90d, 12w, 6m or 1y")
    return shifted(today, -amount_said(found), found[3][0], Asked(said, today))
