"""Where gathering meets the store: what is suggested, and what a person decided."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from care.db.bulk import added
from care.db.tables.interview import gold, veins
from care.gold.errors import GatheredAlready, MixedKinds, NotGathered, NoTitle, RaisedByThem
from care.gold.promote import join_raisers
from care.gold.queries import change_vein, passages, passages_in
from care.gold.records import Loosened, WholeVein
from care.gold.veins import find_passages, passage_records, ref_of, vein
from care.gold.word_stems import suggested_title
from care.text import tidy
from care.words import GoldKind, VeinState


def gather(session: Session, said: Sequence[str], title: str | None, now: datetime) -> WholeVein:
    """A new vein of these passages, known by that title, else by the shortest of their words.

    Raises NoSuchPassage, GatheredAlready, MixedKinds or NoTitle.
    """
    rows = find_passages(session, said)
    kind = _one_kind(rows)
    for row in rows:
        if row.vein_id is not None:
            raise GatheredAlready(ref_of(row.kind, row.id), row.vein_id)
    words = suggested_title([row.words for row in rows]) if title is None else _title(title)
    vein_id = add_vein(session, {"title": _title(words), "kind": kind, "state": VeinState.OPEN, "opened_at": now})
    put_into(session, [row.id for row in rows], vein_id)
    return vein(session, vein_id, now)


def gather_into(session: Session, vein_id: int, said: Sequence[str], now: datetime) -> WholeVein:
    """The vein with these passages in it as well; where it became an issue, their customers are raisers from now on.

    Raises NoSuchVein, NoSuchPassage, GatheredAlready, MixedKinds, and what joining an issue raises.
    """
    rows, there = find_passages(session, said), vein(session, vein_id, now)
    for row in rows:
        if row.vein_id is not None:
            raise GatheredAlready(ref_of(row.kind, row.id), row.vein_id)
    _one_kind([*rows, *there.passages])
    put_into(session, [row.id for row in rows], vein_id)
    if there.issue is not None:
        join_raisers(session, there.issue.id, passages_in(session, vein_id))
    return vein(session, vein_id, now)


def loosen(session: Session, said: Sequence[str], now: datetime) -> Loosened:
    """Takes passages out of their veins; a vein that nothing is left in goes, unless we promised something.

    Raises NoSuchPassage, NotGathered, or RaisedByThem where the vein became an issue.
    """
    rows = find_passages(session, said)
    for row in rows:
        if row.vein_id is None:
            raise NotGathered(ref_of(row.kind, row.id))
        whole = vein(session, row.vein_id, now)
        if whole.state is VeinState.ISSUE:
            raise RaisedByThem(ref_of(row.kind, row.id), whole.id, whole.issue.id if whole.issue else None)
    put_into(session, [row.id for row in rows], None)
    left, gone = [], []
    for vein_id in dict.fromkeys(row.vein_id for row in rows):
        there = vein(session, vein_id, now)
        if there.said or there.promise is not None:
            left.append(there)
        else:
            remove_vein(session, vein_id)
            gone.append(there.ref)
    loose = passage_records(session, passages(session, [row.id for row in rows]))
    return Loosened(tuple(loose), tuple(left), tuple(gone))


def rename(session: Session, vein_id: int, title: str, now: datetime) -> WholeVein:
    """The vein by its new title. Raises NoSuchVein or NoTitle."""
    vein(session, vein_id, now)
    change_vein(session, vein_id, {"title": _title(title)})
    return vein(session, vein_id, now)


def _title(said: str) -> str:
    title = tidy(said)
    if not title:
        raise NoTitle
    return title


def _one_kind(rows: Sequence[Any]) -> GoldKind:
    kinds: dict[GoldKind, str] = {row.kind: ref_of(row.kind, row.id) for row in rows}
    if len(kinds) > 1:
        raise MixedKinds(kinds[GoldKind.WISH], kinds[GoldKind.TRIGGER])
    return next(iter(kinds))


def add_vein(session: Session, values: Mapping[str, Any]) -> int:
    """The id of the new vein."""
    return added(session, veins, values)


def remove_vein(session: Session, vein_id: int) -> None:
    """Takes a vein away that nothing is in."""
    session.execute(delete(veins).where(veins.c.id == vein_id))


def put_into(session: Session, passage_ids: Sequence[int], vein_id: int | None) -> None:
    """Gathers passages in a vein, or loosens them."""
    session.execute(update(gold).where(gold.c.id.in_(passage_ids)).values(vein_id=vein_id))
