"""Where gathering meets the store: what is suggested, and what a person decided."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from care.db.tables.columns import inline
from care.db.tables.interview import gold, veins
from care.gold import queries
from care.gold.queries import vein_titles
from care.gold.records import Suggestion, Suggestions
from care.gold.similar import PassageWords, SimilarPassages, similar_passages
from care.gold.veins import passage_records
from care.gold.word_stems import suggested_title
from care.words import GoldKind, VeinState


def suggestions(session: Session, limit: int | None = None) -> Suggestions:
    """Passages that may mean the same, as new veins or to be added to one; nothing is changed.

    It compares the words of all that was ever said, but for what is in veins that were dropped.
    """
    rows = words_said(session)
    found: list[tuple[GoldKind, SimilarPassages]] = []
    for kind in GoldKind:
        said = [PassageWords(row.id, row.customer_id, row.words, row.vein_id) for row in rows if row.kind is kind]
        found += [(kind, one) for one in similar_passages(said)]
    found.sort(key=lambda one: -one[1].customers)
    titles = {row.id: row.title for row in vein_titles(session)}
    made = []
    for kind, one in found[:limit]:
        passages = passage_records(session, queries.passages(session, one.ids))
        title = titles[one.vein] if one.vein is not None else suggested_title([passage.words for passage in passages])
        made.append(Suggestion(one.vein, title, kind, one.customers, one.shared, tuple(passages)))
    return Suggestions(tuple(made), len(found))


def words_said(session: Session) -> Sequence[Any]:
    """Number, customer, kind, words and vein of every passage that was not gathered, or in a vein not dropped."""
    columns = (gold.c.id, gold.c.customer_id, gold.c.kind, gold.c.words, gold.c.vein_id)
    beside = gold.outerjoin(veins, veins.c.id == gold.c.vein_id)
    wanted = gold.c.vein_id.is_(None) | (veins.c.state != inline(VeinState.DROPPED))
    return session.execute(select(*columns).select_from(beside).where(wanted).order_by(gold.c.id)).all()
