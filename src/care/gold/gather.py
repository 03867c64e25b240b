"""Gathering passages in veins, taking them out again, and naming a vein."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from care.db.bulk import added
from care.db.tables.interview import gold, veins
from care.gold.errors import GatheredAlready, MixedKinds, NotGathered, NoTitle, RaisedByThem
from care.gold.find import find_passages
from care.gold.promote import join_raisers
from care.gold.queries import PassageRow, change_vein, passages, passages_in, vein_row
from care.gold.records import GoldPassage, Loosened, WholeVein, ref_of
from care.gold.veins import passage_records, vein
from care.gold.word_stems import suggested_title
from care.text import tidy
from care.words import GoldKind, VeinState


def gather(session: Session, refs: Sequence[str], title: str | None, now: datetime) -> WholeVein:
    """A new vein of these passages, known by that title, else by the shortest of their words.

    Raises NoSuchPassage, GatheredAlready, MixedKinds or NoTitle.
    """
    rows = find_passages(session, refs)
    kind = _one_kind(rows)
    _refuse_gathered(rows)
    words = _title(suggested_title([row.words for row in rows]) if title is None else title)
    vein_id = added(session, veins, {"title": words, "kind": kind, "state": VeinState.OPEN, "opened_at": now})
    _put_into(session, rows, vein_id)
    return vein(session, vein_id, now)


def gather_into(session: Session, vein_id: int, refs: Sequence[str], now: datetime) -> WholeVein:
    """The vein with these passages in it as well; where it became an issue, their customers are raisers from now on.

    Raises NoSuchVein, NoSuchPassage, GatheredAlready, MixedKinds, and what joining an issue raises.
    """
    rows, before = find_passages(session, refs), vein(session, vein_id, now)
    _refuse_gathered(rows)
    _one_kind([*rows, *before.passages])
    _put_into(session, rows, vein_id)
    if before.issue is not None:
        join_raisers(session, before.issue.id, passages_in(session, vein_id))
    return vein(session, vein_id, now)


def loosen(session: Session, refs: Sequence[str], now: datetime) -> Loosened:
    """Takes passages out of their veins; a vein that nothing is left in goes, unless we promised something.

    Raises NoSuchPassage, NotGathered, or RaisedByThem where the vein became an issue.
    """
    rows = find_passages(session, refs)
    vein_ids: dict[int, None] = {}
    for row in rows:
        if row.vein_id is None:
            raise NotGathered(ref_of(row.kind, row.id))
        whole = vein(session, row.vein_id, now)
        if whole.state is VeinState.ISSUE:
            raise RaisedByThem(ref_of(row.kind, row.id), whole.id, whole.issue.id if whole.issue else None)
        vein_ids[row.vein_id] = None
    _put_into(session, rows, None)
    left, gone = [], []
    for vein_id in vein_ids:
        rest = vein(session, vein_id, now)
        if rest.said or rest.promise is not None:
            left.append(rest)
        else:
            session.execute(delete(veins).where(veins.c.id == vein_id))
            gone.append(rest.ref)
    loose = passage_records(session, passages(session, [row.id for row in rows]))
    return Loosened(tuple(loose), tuple(left), tuple(gone))


def rename(session: Session, vein_id: int, title: str, now: datetime) -> WholeVein:
    """The vein by its new title. Raises NoSuchVein or NoTitle."""
    vein_row(session, vein_id)
    change_vein(session, vein_id, title=_title(title))
    return vein(session, vein_id, now)


def _title(text: str) -> str:
    title = tidy(text)
    if not title:
        raise NoTitle
    return title


def _refuse_gathered(rows: Sequence[PassageRow]) -> None:
    for row in rows:
        if row.vein_id is not None:
            raise GatheredAlready(ref_of(row.kind, row.id), row.vein_id)


def _one_kind(rows: Sequence[PassageRow | GoldPassage]) -> GoldKind:
    kinds = {row.kind: ref_of(row.kind, row.id) for row in rows}
    if len(kinds) > 1:
        raise MixedKinds(kinds[GoldKind.WISH], kinds[GoldKind.TRIGGER])
    return next(iter(kinds))


def _put_into(session: Session, rows: Sequence[PassageRow], vein_id: int | None) -> None:
    """Gathers passages in a vein, or loosens them."""
    ids = [row.id for row in rows]
    session.execute(update(gold).where(gold.c.id.in_(ids)).values(vein_id=vein_id))
