"""Where what was changed on a customer is read from the journal."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

from care.customers.records import Changed
from care.interviews.timeline.changes.fields import counted, differences
from care.store import changed as store
from care.store import merged

_HOW = {"insert": "added", "delete": "taken away"}


def changes_of(session: Session, customer_id: int) -> tuple[Changed, ...]:
    """Each change that touched a customer, or whoever was merged into them, the newest first.

    An import keeps no image of whom it added, and nobody's images outlive them.
    """
    ids = merged.everyone_in(session, customer_id)
    rows = store.images_about(session, ids)
    after = _after(rows, store.as_they_are(session, ids))
    images = [json.loads(row.old) for row in rows if row.noun == "customer" and row.old]
    firms = {image.get("company_id") for image in (*images, *after.values())} - {None}
    companies = store.company_names(session, sorted(firms))
    by_change: dict[int, list[Any]] = {}
    for row in rows:
        by_change.setdefault(row.change_id, []).append(row)
    return tuple(
        Changed(one[0].at, one[0].command, one[0].caller, tuple(_said(one, after, companies)))
        for _, one in sorted(by_change.items(), reverse=True)
    )


def _after(rows: Sequence[Any], now: Mapping[int, Mapping[str, Any]]) -> dict[int, Mapping[str, Any]]:
    """For each image of a customer, by the id it has in the journal, how they looked after that change."""
    after: dict[int, Mapping[str, Any]] = {}
    latest = {str(one): row for one, row in now.items()}
    for row in reversed(rows):
        if row.noun == "customer":
            after[row.id] = latest.get(row.row_id, {})
            latest[row.row_id] = json.loads(row.old) if row.old else {}
    return after


def _said(rows: Sequence[Any], after: Mapping[int, Mapping[str, Any]], companies: Mapping[int, str]) -> list[str]:
    """What one change did: the customer first, then how much of what else."""
    said: list[str] = []
    mine = [row for row in rows if row.noun == "customer"]
    for one in dict.fromkeys(row.row_id for row in mine):
        theirs = [row for row in mine if row.row_id == one]
        if theirs[0].act != "update":
            said.append(_HOW[theirs[0].act])
        elif theirs[0].old:  # of several steps in one change the first and the last count
            said += differences(json.loads(theirs[0].old), after[theirs[-1].id], companies)
    others = Counter((row.noun, row.act) for row in _first_of_each(rows) if row.noun != "customer")
    return said + counted(others)


def _first_of_each(rows: Sequence[Any]) -> list[Any]:
    """One image of each row: a row added and then changed was added."""
    firsts: dict[tuple[str, str], Any] = {}
    for row in rows:
        firsts.setdefault((row.noun, row.row_id), row)
    return list(firsts.values())
