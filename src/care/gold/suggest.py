"""Suggesting which passages to gather: what may mean the same, by the words they share."""

from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from care.db.fetch import fetch
from care.db.tables.columns import inline
from care.db.tables.interview import gold, veins
from care.gold.queries import passages, vein_titles
from care.gold.records import Suggestion, Suggestions
from care.gold.similar import PassageWords, SimilarPassages, similar_passages
from care.gold.veins import passage_records
from care.gold.word_stems import suggested_title
from care.words import GoldKind, VeinState


class _Said(NamedTuple):
    id: int
    customer_id: int
    kind: GoldKind
    words: str
    vein_id: int | None


def suggestions(session: Session, limit: int | None = None) -> Suggestions:
    """Passages that may mean the same, as new veins or to be added to one; nothing is changed.

    It compares the words of all that was ever said, but for what is in veins that were dropped.
    """
    rows = _words_said(session)
    groups: list[tuple[GoldKind, SimilarPassages]] = []
    for kind in GoldKind:
        said = [PassageWords(row.id, row.customer_id, row.words, row.vein_id) for row in rows if row.kind is kind]
        groups += [(kind, group) for group in similar_passages(said)]
    groups.sort(key=lambda kind_group: -kind_group[1].customers)
    titles = {row.id: row.title for row in vein_titles(session)}
    suggested = [_suggestion(session, kind, group, titles) for kind, group in groups[:limit]]
    return Suggestions(tuple(suggested), len(groups))


def _suggestion(session: Session, kind: GoldKind, group: SimilarPassages, titles: dict[int, str]) -> Suggestion:
    members = passage_records(session, passages(session, group.ids))
    title = titles[group.vein] if group.vein is not None else suggested_title([passage.words for passage in members])
    return Suggestion(group.vein, title, kind, group.customers, group.shared, tuple(members))


def _words_said(session: Session) -> list[_Said]:
    """Every passage that was not gathered, or is in a vein that was not dropped."""
    chosen = select(gold.c.id, gold.c.customer_id, gold.c.kind, gold.c.words, gold.c.vein_id)
    chosen = chosen.select_from(gold.outerjoin(veins, veins.c.id == gold.c.vein_id))
    chosen = chosen.where(gold.c.vein_id.is_(None) | (veins.c.state != inline(VeinState.DROPPED)))
    return fetch(session, _Said, chosen.order_by(gold.c.id))
