"""The record of the draws, recomputed from the rows in the file with hashlib alone."""

import json
from datetime import UTC, datetime, timedelta, timezone
from hashlib import blake2b

from care.calls.seal import entries_in_rank, entry_leaf, seal_of, spoken
from care.calls.skip import skip_call
from care.calls.tries import Try, record_try
from care.customers.add import add_customer
from care.customers.order_queries import PlacedRow
from care.person.leave import bring_back, pause_customer
from care.times.weeks import Week
from care.words import Outcome, Role
from stores import MONDAY, WEEK, Store, draft, later, made_once, new_store, people, phone

START = "0" * 64


def hashed(*parts: str) -> str:
    """256 bits of BLAKE2b over the parts, each after its length in 8 bytes."""
    raw = [part.encode() for part in parts]
    return blake2b(b"".join(len(one).to_bytes(8, "big") + one for one in raw), digest_size=32).hexdigest()


def canonical(facts: object) -> str:
    return json.dumps(facts, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def instant(stored: str) -> str:
    return datetime.fromisoformat(stored).replace(tzinfo=UTC).isoformat()


@made_once
def eventful(store: Store) -> Store:
    """A store in which everything that goes into the ledger has happened."""
    store.take(people(80))
    with store.changing() as session:
        add_customer(session, draft("Åse Ødegård", phone(999)), MONDAY)
    plan = store.plan()
    with store.changing(later(hours=1)) as session:
        pause_customer(session, 80, (MONDAY + timedelta(days=30)).date(), "på ferie – “lenge”", later(hours=1))
        skip_call(session, plan.calls[0].id, "they are angry", later(hours=1))
        record_try(session, plan.calls[1].id, Try(later(hours=1), "Ann", Outcome.NO_ANSWER), later(hours=1))
        record_try(session, plan.calls[2].id, Try(later(hours=1), "Ann", Outcome.REACHED), later(hours=1))
    store.plan(WEEK.next(), later(days=7))
    store.plan(WEEK.next(), later(days=8), wanted=5)
    with store.changing(later(days=8)) as session:
        bring_back(session, 80, later(days=8))
    return store


def chain_of(store: Store) -> str:
    """The head of the ledger, recomputed row by row."""
    before = START
    rows = store.rows("SELECT at, kind, uid, salt, facts, leaf, hash FROM ledger ORDER BY id")
    for at, kind, uid, salt, facts, leaf, found in rows:
        assert leaf == hashed(salt or "", uid or "", kind)
        before = hashed(before, kind, instant(at), leaf, canonical(json.loads(facts)))
        assert found == before
    return before


def test_the_ledger_is_one_chain(eventful: Store) -> None:
    chain_of(eventful)
    kinds = {kind for (kind,) in eventful.rows("SELECT DISTINCT kind FROM ledger")}
    assert kinds >= {"init", "joined", "in", "out", "draw", "skip", "step", "closed", "lapse"}


def test_every_ledger_row_belongs_to_the_change_that_made_it(eventful: Store) -> None:
    assert eventful.one("SELECT count(*) FROM ledger WHERE change_id IS NULL") == 0
    assert eventful.one("SELECT count(*) FROM ledger l JOIN change c ON c.id = l.change_id WHERE c.at <> l.at") == 0


def worked_out_seal(store: Store, draw_id: int, before: str) -> str:
    columns = [
        "week",
        "part",
        "seats",
        "reserves",
        "drawn_at",
        "explicit_clock",
        "asked",
        "policy_calls",
        "policy",
        "strata",
        "ledger_head",
        "seal_before",
    ]
    [row] = store.rows(f"SELECT {', '.join(columns)} FROM draw WHERE id = ?", draw_id)
    facts = dict(zip(columns, row, strict=True))
    assert facts["seal_before"] == before
    facts |= {
        "drawn_at": instant(facts["drawn_at"]),
        "explicit_clock": bool(facts["explicit_clock"]),
        "strata": json.loads(facts["strata"]),
    }
    leaves = []
    entries = store.rows(
        "SELECT salt, uid, cycle, place, role, reason, leaf FROM draw_entry WHERE draw_id = ? ORDER BY rank", draw_id
    )
    for salt, uid, cycle, place, role, reason, leaf in entries:
        assert leaf == hashed(salt, uid, str(cycle), str(place), role, reason or "")
        leaves.append(leaf)
    return hashed(canonical(facts), *leaves)


def test_every_seal_is_over_its_draw_its_entries_and_the_seal_before(eventful: Store) -> None:
    before = START
    found = eventful.rows("SELECT id, seal FROM draw ORDER BY id")
    assert len(found) == 2
    for draw_id, seal in found:
        before = worked_out_seal(eventful, draw_id, before)
        assert seal == before


def test_a_draw_seals_the_head_of_the_ledger(eventful: Store) -> None:
    heads = eventful.rows("SELECT d.ledger_head, l.kind FROM draw d JOIN ledger l ON l.hash = d.ledger_head")
    assert [kind for _, kind in heads] == ["draw", "draw"]


def test_the_seal_names_the_policy(eventful: Store) -> None:
    policy = {"calls_per_week": 3, "reserves": None, "attempts": 3, "rest_days": 90, "refused_rest_days": 365,
              "statuses": ["active"], "pace": "even", "timezone": "UTC", "strata": "none"}  # fmt: skip
    assert eventful.one("SELECT DISTINCT policy FROM draw") == hashed(canonical(policy))


def test_the_stratum_of_a_draw_says_what_it_was_made_from(eventful: Store) -> None:
    [first] = json.loads(eventful.one("SELECT strata FROM draw WHERE id = 1"))
    assert (first["customers"], first["eligible"], first["excluded"], first["seats"]) == (81, 81, {}, 3)
    assert (first["still_to_come"], first["pointer_before"]) == (81, None)
    [second] = json.loads(eventful.one("SELECT strata FROM draw WHERE id = 2"))
    assert second["excluded"] == {"paused": 1, "planned": 1, "resting": 1}
    assert second["pointer_before"] >= first["pointer_after"]
    assert second["pointer_after"] >= second["pointer_before"]


def test_an_instant_in_another_zone_is_sealed_in_utc(tmp_path) -> None:
    store = new_store(tmp_path / "care.db")
    store.take(people(5))
    store.plan(now=MONDAY.astimezone(timezone(timedelta(hours=9))))
    chain_of(store)
    assert worked_out_seal(store, 1, START) == store.one("SELECT seal FROM draw")
    store.close()


def test_salts_are_never_the_same(eventful: Store) -> None:
    salts = eventful.rows("SELECT salt FROM ledger WHERE salt IS NOT NULL UNION ALL SELECT salt FROM draw_entry")
    assert len(salts) == len(set(salts)) > 20


def test_a_seal_is_spoken_in_fours() -> None:
    assert spoken("0123456789abcdef") == "0123 4567 89ab"
    assert Week(2026, 48) == WEEK


def test_leaves_and_seals_are_these() -> None:
    called = "098734c1027acb9fe8dd3c2472a2a873b713b96dc8d242e6242abfd8ea316f29"
    deferred = "03999ac9013c8ac6a313a63567fc97953ef3462ed03069ab4fc4c3187b87f8a6"
    seal = "474c642140abda2c0ea671e422ca8a89562656e8fc6cad9835ebdc713951f5ad"
    assert entry_leaf("5a", "u1", 1, 77, Role.CALLED, None) == called
    assert entry_leaf("5a", "u1", 1, 77, Role.DEFERRED, "resting") == deferred
    assert seal_of({"week": "2026-W48", "seats": 1}, ["aa", "bb"]) == seal
    assert seal_of({"seats": 1, "week": "2026-W48"}, ["bb", "aa"]) != seal  # the rank is sealed as well


def test_entries_are_ranked_from_one_and_each_has_its_own_salt() -> None:
    salts = iter(["5a", "5b"])
    anna, bo = PlacedRow(7, "u1", "", 1, 77), PlacedRow(8, "u2", "trade", 2, 5)
    parts = [(Role.CALLED, anna, None), (Role.DEFERRED, bo, "resting")]
    assert list(entries_in_rank(parts, lambda: next(salts))) == [
        {"rank": 1, "role": Role.CALLED, "reason": None, "stratum": "", "customer_id": 7, "uid": "u1", "salt": "5a",
         "cycle": 1, "place": 77, "leaf": entry_leaf("5a", "u1", 1, 77, Role.CALLED, None)},
        {"rank": 2, "role": Role.DEFERRED, "reason": "resting", "stratum": "trade", "customer_id": 8, "uid": "u2",
         "salt": "5b", "cycle": 2, "place": 5, "leaf": entry_leaf("5b", "u2", 2, 5, Role.DEFERRED, "resting")},
    ]  # fmt: skip


def test_a_seal_is_read_aloud_in_three_fours() -> None:
    assert spoken("4f0c91d277ae" + "0" * 52) == "4f0c 91d2 77ae"
