"""Where gathering meets the store: what is suggested, and what a person decided."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from care.interviews.gold.actions import find_passages, passage_records, ref_of, vein
from care.interviews.gold.becoming.actions import join_raisers
from care.interviews.gold.errors import GatheredAlready, MixedKinds, NotGathered, NoTitle, RaisedByThem
from care.interviews.gold.gathering.nearness import Alike, Said, alike_passages
from care.interviews.gold.gathering.titles import suggested_title
from care.interviews.gold.records import Loosened, Suggestion, Suggestions, WholeVein
from care.store import gold as store
from care.text import tidy
from care.words import GoldKind, VeinState


def suggestions(session: Session, limit: int | None = None) -> Suggestions:
    """Passages that may mean the same, as new veins or to be added to one; nothing is changed.

    It compares the words of all that was ever said, but for what is in veins that were dropped.
    """
    rows = store.words_said(session)
    found: list[tuple[GoldKind, Alike]] = []
    for kind in GoldKind:
        said = [Said(row.id, row.customer_id, row.words, row.vein_id) for row in rows if row.kind is kind]
        found += [(kind, one) for one in alike_passages(said)]
    found.sort(key=lambda one: -one[1].customers)
    titles = {row.id: row.title for row in store.vein_titles(session)}
    made = []
    for kind, one in found[:limit]:
        passages = passage_records(session, store.passages(session, one.ids))
        title = titles[one.vein] if one.vein is not None else suggested_title([passage.words for passage in passages])
        made.append(Suggestion(one.vein, title, kind, one.customers, one.shared, tuple(passages)))
    return Suggestions(tuple(made), len(found))


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
    vein_id = store.add_vein(session, {"title": _title(words), "kind": kind, "state": VeinState.OPEN, "opened_at": now})
    store.put_into(session, [row.id for row in rows], vein_id)
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
    store.put_into(session, [row.id for row in rows], vein_id)
    if there.issue is not None:
        join_raisers(session, there.issue.id, store.passages_in(session, vein_id))
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
    store.put_into(session, [row.id for row in rows], None)
    left, gone = [], []
    for vein_id in dict.fromkeys(row.vein_id for row in rows):
        there = vein(session, vein_id, now)
        if there.said or there.promise is not None:
            left.append(there)
        else:
            store.remove_vein(session, vein_id)
            gone.append(there.ref)
    loose = passage_records(session, store.passages(session, [row.id for row in rows]))
    return Loosened(tuple(loose), tuple(left), tuple(gone))


def rename(session: Session, vein_id: int, title: str, now: datetime) -> WholeVein:
    """The vein by its new title. Raises NoSuchVein or NoTitle."""
    vein(session, vein_id, now)
    store.change_vein(session, vein_id, {"title": _title(title)})
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
