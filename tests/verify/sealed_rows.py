"""Sealed draws and their entries as plain rows, for tests without a store."""

from typing import Any

from care.db.tables.draw import Draw, DrawEntry
from care.words import Role
from stores import MONDAY

UID = "000102030405060708090a0b0c0d0e0f"


def drawn_entry(rank: int, role: str, stratum: str = "", **more: Any) -> DrawEntry:
    """An entry of a draw."""
    facts = {"reason": None, "customer_id": rank, "uid": UID, "salt": "aa", "cycle": 1, "place": rank, "leaf": ""}
    return DrawEntry(id=rank, draw_id=1, rank=rank, role=Role(role), stratum=stratum, **(facts | more))


def sealed_stratum(stratum: str = "", **more: Any) -> dict[str, Any]:
    """What a draw seals of a stratum of a store without strata."""
    facts = {"customers": 9, "eligible": 9, "excluded": {}, "seats": 1, "still_to_come": 9}
    return {"stratum": stratum, **facts, "pointer_before": None, "pointer_after": None, **more}


def sealed_draw(strata: list[dict[str, Any]], **more: Any) -> Draw:
    """A draw of these strata."""
    facts = {
        "id": 1, "week": "2026-W48", "part": 1, "drawn_at": MONDAY, "explicit_clock": True, "asked": 1,
        "policy_calls": 3, "seats": 1, "reserves": 0, "policy": "", "ledger_head": "", "seal_before": "0" * 64,
        "seal": "",
    }  # fmt: skip
    return Draw(strata=strata, **(facts | more))
