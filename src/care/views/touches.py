"""The screen of a touch."""

from care.touches.records import TouchRecord
from care.views.screen import HEAD, QUIET, Screen


def show_touch(screen: Screen, touch: TouchRecord) -> None:
    """Whom, what for, and in which words."""
    where = f" in {touch.area.value}" if touch.area else ""
    screen.line((touch.customer.name, HEAD), f"  {touch.purpose.value}{where}", (f"  by {touch.caller}", QUIET))
    if touch.words:
        screen.line(f"“{touch.words}”", indent=2)
