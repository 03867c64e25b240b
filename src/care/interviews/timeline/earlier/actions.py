"""Where the earlier versions of talks meet the store: the journal kept them."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy.orm import Session

from care.customers.records import Moment
from care.store import interviews as store
from care.store import talks
from care.words import CallState

_TALK = ("caller", "held_at", "minutes", "how", "stance", "sold", "defended", "listeners")


def earlier_versions(session: Session, customer_id: int) -> list[Moment]:
    """What was on record of this customer's talks and is not any more, each at the moment it was put right.

    What was taken back and brought back again is no version, and neither is what stayed as it was.
    """
    found = []
    keys = store.keys_by_question(session)
    for one in talks.put_right(session, customer_id):
        words = _words(one.noun, one.old, one.now, keys)
        if words is not None:
            found.append(Moment(one.at, words[0], words[1], words[2], one.caller, words[3]))
    return found


def _words(
    noun: str, old: dict[str, Any], now: dict[str, Any] | None, keys: dict[int, str]
) -> tuple[str, str | None, str | None, bool] | None:
    """What to say of an image: what it was, the words, the reference, whether private; None where nothing is lost."""
    if noun == "call":
        if old["state"] != CallState.HELD or (now and all(now[name] == old[name] for name in _TALK)):
            return None
        held = datetime.fromisoformat(old["held_at"]).replace(tzinfo=UTC)
        facts = [f"{old['minutes']} minutes" if old["minutes"] is not None else "", old["stance"] or "", old["caller"]]
        went = "was with them" if now is None or now["state"] != CallState.HELD else "was"
        return f"{went}: talk of {held:%-d %B %Y}", ", ".join(one for one in facts if one), f"c{old['id']}", False
    if now and all(now.get(name) == old.get(name) for name in ("words", "what", "due_on", "reading", "customer_id")):
        return None
    if noun == "answer":
        reading = f" ({old['reading']})" if old["reading"] else ""
        return (
            f"{keys.get(old['question_id'], 'answer')} was",
            f"{old['words'] or ''}{reading}",
            None,
            bool(old["private"]),
        )
    if noun == "promise":
        return "promised was", f"{old['what']} by {old['due_on']}", f"p{old['id']}", False
    return f"{old.get('kind', noun)} was", old["words"], None, False
