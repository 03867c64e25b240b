"""Where the selection report meets the store."""

from sqlalchemy.orm import Session

from care.calls.drawing.draw import frame_of
from care.reports.rates import Cases, rates
from care.reports.selection.mechanism import Block, groups_test
from care.reports.selection.records import Conduct, Group, Record, Selection, Spread
from care.reports.selection.verdict import LEVEL, Compared, holm, said, too_few
from care.store import customers as store_customers
from care.store import draws
from care.store import selection as store
from care.store.settings import policy
from care.times.zones import local_date
from care.words import CallState, LedgerKind, Standing

ASKED = ("segment", "country", "status")
"""What could be favoured, the same each time: whoever chose the question could bend the answer.

Nothing that is known of a customer only because they were drawn, such as their stance.
"""

NO_CHANCE = (Standing.NO_PHONE, Standing.DO_NOT_CALL, Standing.PROSPECT, Standing.ACTIVE, Standing.FORMER)
"""Who is drawn in no week, as they stand now."""

MOST_GROUPS = 12
"""So many of the largest groups are kept apart; the rest are one."""


def selection(session: Session) -> Selection:
    """Whether the selection favours anybody, as far as it can be told from what is on record now.

    The tests repeat honest draws from the seal of the last one, so that anybody who asks gets the same figure.
    """
    settings, began, drawn = policy(session), store.begun(session), store.all_draws(session)
    frame = frame_of(store_customers.standings(session))
    here = draws.pointer(session, "")
    spreads, verdict = _spreads(session, here, drawn[-1].seal) if here and drawn else ((), "nothing was drawn yet")
    cases = _cases(session)
    kinds = store.on_record(session)
    return Selection(
        verdict=verdict,
        begun_on=local_date(began.at, settings.timezone),
        key=began.facts["key"],
        draws=len(drawn),
        customers=frame.customers,
        eligible=frame.eligible,
        no_chance={why: n for why, n in frame.excluded.items() if Standing(why) in NO_CHANCE},
        cycle=here[0] if here else None,
        spreads=spreads,
        cases=cases,
        rates=rates(cases),
        callers=_conduct(session),
        record=Record(
            policy_changes=kinds.get(LedgerKind.POLICY, 0),
            undone=kinds.get(LedgerKind.UNDO, 0),
            forgotten=kinds.get(LedgerKind.FORGET, 0),
            merged=kinds.get(LedgerKind.MERGE, 0) // 2,
            resized=sum(one.part == 1 and one.asked != one.policy_calls for one in drawn),
            hand_set=sum(one.explicit_clock for one in drawn),
        ),
    )


def _spreads(session: Session, here: tuple[int, int], seal: str) -> tuple[tuple[Spread, ...], str]:
    found: list[tuple[str, tuple[Group, ...], Compared]] = []
    for what in ASKED:
        groups = _groups(store.groups_in_cycle(session, what, *here))
        if len(groups) > 1:  # where all are alike nobody can be favoured
            block = Block([one.customers for one in groups], [one.drawn for one in groups])
            found.append((what, groups, groups_test([block], seal, what)))
    of = {what: sum(one.drawn for one in groups) for what, groups, _ in found}
    told = [(what, tested.p) for what, _, tested in found if not too_few(of[what], tested)]
    adjusted = dict(zip((what for what, _ in told), holm([p for _, p in told]), strict=True))
    spreads = tuple(Spread(what, groups, said(of[what], tested, adjusted.get(what))) for what, groups, tested in found)
    favoured = [what for what, p in adjusted.items() if p <= LEVEL]
    if favoured:
        return spreads, f"a sign of favour, by {' and '.join(favoured)}"
    return spreads, "no sign of favour" if told else "too few were drawn to tell"


def _groups(counted: list[tuple[str | None, int, int]]) -> tuple[Group, ...]:
    rows = sorted(((name or "none said", of, drawn) for name, of, drawn in counted), key=lambda row: (-row[1], row[0]))
    kept, rest = rows[:MOST_GROUPS], rows[MOST_GROUPS:]
    if rest:
        kept.append(("all others", sum(row[1] for row in rest), sum(row[2] for row in rest)))
    whole, seats = sum(row[1] for row in kept), sum(row[2] for row in kept)
    return tuple(Group(name, of, drawn, seats * of / whole) for name, of, drawn in kept)


def _cases(session: Session) -> Cases:
    counts = dict.fromkeys(("interviews", "refusals", "noncontacts", "unknown"), 0)
    for state, by_wrong_number, n in store.endings(session):
        if state is CallState.HELD:
            counts["interviews"] += n
        elif state is CallState.REFUSED:
            counts["refusals"] += n
        else:
            counts["unknown" if by_wrong_number else "noncontacts"] += n
    return Cases(**counts)


def _conduct(session: Session) -> tuple[Conduct, ...]:
    by_caller: dict[str, dict[CallState, int]] = {}
    for caller, state, n in store.left_undone(session):
        by_caller.setdefault(caller, {})[state] = n
    return tuple(
        Conduct(caller, counts.get(CallState.SKIPPED, 0), counts.get(CallState.LAPSED, 0))
        for caller, counts in by_caller.items()
    )
