"""Where the closing of the loop meets the store."""

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import Session

from care.reports.period import Period
from care.reports.telling.nameless import pairs, without_names
from care.reports.telling.records import Telling, YouSaid, YouSaidWeDid, median
from care.settings import Policy
from care.store import search, tellings
from care.store.owed import COUNTED
from care.store.settings import policy
from care.times.zones import local_date
from care.words import IssueKind, IssueState, Stance

_ENDS = (IssueState.FIXED.value, IssueState.DECLINED.value)
_MANY = 20
"""So many customers of one name are looked at; more of them have that name all the same."""


def telling(session: Session, period: Period) -> Telling:
    """How well the loop was closed in that time."""
    zone = policy(session).timezone
    rows = tellings.told_between(session, period.start, period.end)
    settled = [row for row in rows if row.settled_at is not None and row.settled_at <= row.told_at]
    failures = [row for row in rows if row.kind is IssueKind.FAILURE]
    made = [row for row in failures if row.stance_after is Stance.FAN and row.stance_before is not Stance.FAN]
    days_to_fix = [(local_date(row.settled_at, zone) - local_date(row.raised_at, zone)).days for row in settled]
    days_to_tell = [(local_date(row.told_at, zone) - local_date(row.settled_at, zone)).days for row in settled]
    return Telling(
        told=len(rows),
        waiting=tellings.count_still_to_tell(session, COUNTED),
        days_to_fix=median(days_to_fix),
        days_to_tell=median(days_to_tell),
        not_so=sum(row.reopened > 0 for row in rows),
        recovered=len(failures),
        made_fans=len(made),
    )


def you_said(session: Session, period: Period) -> YouSaidWeDid:
    """What was said and done of every issue whose last raiser was told in that time, the latest first."""
    settings = policy(session)
    ended: dict[int, Any] = {}
    for row in tellings.told_between(session, period.start, period.end):
        if row.state is IssueState.TOLD and row.ended_at is not None and period.start <= row.ended_at < period.end:
            ended[row.issue_id] = row
    images = tellings.images_of(session, list(ended))
    raised = tellings.raisers_of(session, list(ended))
    found = []
    for issue_id, row in ended.items():
        who = raised.get(issue_id, [])
        said, did = (_nameless(session, words, who, settings) for words in (row.title, row.note))
        on = local_date(row.ended_at, settings.timezone)
        found.append(YouSaid(said or "", len(who), _became(images.get(issue_id, ())), did, on))
    found.sort(key=lambda one: (-one.told_on.toordinal(), one.said))
    return YouSaidWeDid(tuple(found), sum(one.customers for one in found))


def _became(images: Sequence[str]) -> IssueState:
    """What an issue was before everyone was told: fixed, unless the journal says that it was declined."""
    states = (json.loads(image)["state"] for image in images)
    return IssueState(next((state for state in states if state in _ENDS), IssueState.FIXED.value))


def _nameless(session: Session, words: str | None, raisers: Sequence[Any], settings: Policy) -> str | None:
    if words is None:
        return None
    ids = {one for pair in pairs(words) for one in search.ids_with_words(session, pair, _MANY)}
    whole = list(tellings.names_of(session, list(ids)).values())
    whole += [row.company for row in raisers if row.company]
    return without_names(words, whole, [*(row.name for row in raisers), *settings.team])
