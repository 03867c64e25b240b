"""Where the doctor looks into the store."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy.orm import Session

from care.customers.order import place_of
from care.customers.standing import facts_of, standing_of
from care.store import customers as store
from care.store import health, search
from care.store.schema import VERSION
from care.store.settings import draw_key, policy
from care.text import plural
from care.times.zones import local_date
from care.words import Standing


class Finding(NamedTuple):
    """One thing looked at: its name, whether it is well, and what was found."""

    name: str
    well: bool
    detail: str


def examine(session: Session, now: datetime) -> list[Finding]:
    """Every check of the store's content, each derived column worked out anew."""
    integrity, orphans = health.integrity(session), health.orphans(session)
    found = [
        Finding("schema", True, f"version {VERSION}, as care made it"),  # the door refuses any other
        Finding("file", integrity == "ok", "sound" if integrity == "ok" else integrity),
        Finding(
            "links",
            orphans == 0,
            "every row has what it belongs to" if not orphans else f"{orphans} rows point nowhere",
        ),
    ]
    standing, place = _walk(session, now)
    for name, wrong, what in (
        ("counters", health.wrong_counters(session), "counter"),
        ("standing", standing, "customer"),
        ("places", place, "customer"),
        ("planned", health.wrong_planned(session), "customer"),
        ("last heard", health.wrong_heard(session), "customer"),
        ("phones", health.wrong_phones(session), "customer"),
        ("raisers", health.wrong_issues(session), "issue"),
        ("search", search.wrong_notes(session), "passage"),
    ):
        found.append(Finding(name, wrong == 0, "as worked out anew" if not wrong else f"{plural(wrong, what)} differ"))
    return found


_WAKES_AS = {Standing.PAUSED: (Standing.RESTING, Standing.CALLABLE), Standing.RESTING: (Standing.CALLABLE,)}
"""How somebody stands once their date has come; nobody is woken before the next draw."""


def _walk(session: Session, now: datetime) -> tuple[int, int]:
    """How many standings and how many places are not what they would be; a date that has come is no mistake."""
    settings, key = policy(session), draw_key(session)
    today, last, wrong_standing, wrong_place = local_date(now, settings.timezone), 0, 0, 0
    while ids := health.customer_ids(session, last):
        last = ids[-1]
        for row in store.standing_rows(session, ids):
            standing = standing_of(facts_of(row), settings.statuses, today)
            wrong_standing += standing is not row.standing and standing not in _WAKES_AS.get(row.standing, ())
            wrong_place += row.place != place_of(key, row.uid, row.cycle)
    return wrong_standing, wrong_place
