"""What one customer is made of when two were one person."""

from collections.abc import Iterable
from datetime import date
from typing import Any, TypeVar

from care.customers.customer_input import COPIED, ContactInput
from care.customers.order import Position, position_in
from care.customers.records import CustomerRow
from care.db.tables.customer import Contact
from care.db.tables.issue import Raiser

_Moment = TypeVar("_Moment", bound=date)

_BIRTH = ("birth_day", "birth_month", "birth_year")
_FILLED = ("company_id", *(name for name in COPIED if name not in _BIRTH))


def merged_values(kept: CustomerRow, gone: CustomerRow) -> dict[str, Any]:
    """The columns of the one who stays that change. Nothing known is lost, and nothing forbidden is allowed again.

    What the one who stays says counts; gaps are filled from the other. A do-not-call of either holds, the later pause
    and the longer rest count, gives and takes add up, and the stance is that of the later talk.
    """
    new: dict[str, Any] = {name: getattr(gone, name) for name in _FILLED if getattr(kept, name) is None}
    if kept.birth_day is None or (kept.birth_year is None and _same_day(kept, gone)):
        new |= {name: getattr(gone, name) for name in _BIRTH}
    new["joined_on"] = _least(kept.joined_on, gone.joined_on)
    new["dnc_reason"] = kept.dnc_reason or gone.dnc_reason
    if gone.paused_until is not None and (kept.paused_until is None or gone.paused_until > kept.paused_until):
        new |= {"paused_until": gone.paused_until, "pause_reason": gone.pause_reason}
    new["free_on"] = _most(kept.free_on, gone.free_on)
    new |= {"gives": kept.gives + gone.gives, "takes": kept.takes + gone.takes}
    new["last_heard_at"] = _most(kept.last_heard_at, gone.last_heard_at)
    later = gone if gone.last_heard_at and gone.last_heard_at == new["last_heard_at"] else kept
    earlier = kept if later is gone else gone
    new["stance"] = later.stance or earlier.stance
    new["remember"] = merged_words(kept.remember, gone.remember)
    new["extra"] = {**(gone.extra or {}), **(kept.extra or {})} or None
    return {name: value for name, value in new.items() if getattr(kept, name) != value}


def merged_contacts(kept: Iterable[Contact], gone: Iterable[Contact]) -> list[ContactInput]:
    """The contacts of both, those of the one who stays first, each once."""
    both: dict[tuple[str, str], ContactInput] = {}
    for row in (*kept, *gone):
        both.setdefault((row.kind, row.value), ContactInput(row.kind, row.value, row.original, row.usable))
    return list(both.values())


def merged_position(key: bytes, uid: str, kept: Position, drawn_in: int | None) -> Position:
    """Where the one who stays stands in the order.

    ``drawn_in`` is the last cycle in which a drawn call with the other came to its end: they had their turn in it, so
    the next is in the cycle after. Else their place stays as it was.
    """
    if drawn_in is None or kept.cycle > drawn_in:
        return kept
    return position_in(key, uid, drawn_in + 1)


def merged_words(kept: str | None, gone: str | None) -> str | None:
    """The words of both, in their order, once where they are the same."""
    return "\n".join(dict.fromkeys(words for words in (kept, gone) if words)) or None


def merged_raiser(kept: Raiser, gone: Raiser, *, of_one_issue: bool) -> dict[str, Any]:
    """The columns of the raiser who stays, where one person raised something twice: as two people, or as two issues.

    They are told only where nothing they said came after it. ``of_one_issue`` says that both told of the same: then
    it is enough that one was told after the other had raised it and did not say that it is not so.
    """
    first, second = sorted((kept, gone), key=lambda row: row.raised_at)
    telling = _telling(kept, gone, of_one_issue=of_one_issue)
    return {
        **{name: getattr(telling, name, None) for name in ("told_at", "told_by", "reaction", "stance_after")},
        "words": merged_words(first.words, second.words),
        "raised_at": first.raised_at,
        "call_id": first.call_id or second.call_id,
        "reopened": max(kept.reopened, gone.reopened),
        "informed_at": _most(kept.informed_at, gone.informed_at),
        "stance_before": first.stance_before or second.stance_before,
    }


def _telling(kept: Raiser, gone: Raiser, *, of_one_issue: bool) -> Raiser | None:
    """The telling that counts for both, the earlier of two; None where they have still to be told."""
    told = sorted((row.told_at, row is gone) for row in (kept, gone) if row.told_at is not None)
    if not told:
        return None
    told_at, is_gone = told[0]
    row, other = (gone, kept) if is_gone else (kept, gone)
    if len(told) == 1 and (not of_one_issue or other.reopened or told_at < other.raised_at):
        return None
    return row


def _same_day(kept: CustomerRow, gone: CustomerRow) -> bool:
    return (kept.birth_day, kept.birth_month) == (gone.birth_day, gone.birth_month)


def _least(*days: date | None) -> date | None:
    return min((day for day in days if day is not None), default=None)


def _most(*moments: _Moment | None) -> _Moment | None:
    return max((moment for moment in moments if moment is not None), default=None)
