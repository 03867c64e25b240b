"""The section of the selection: whether it favours anybody, as far as that can be told."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from care.calls.frame import frame_of
from care.customers.order_queries import all_pointers
from care.customers.queries import standings
from care.db.settings import policy
from care.reports.rates import Cases, rates
from care.reports.records import Asking, Gathered
from care.reports.selection_blocks import blocks as blocks
from care.reports.selection_queries import (
    ClosedCase,
    all_draws,
    begun,
    closed_cases,
    endings,
    groups_in_cycle,
    left_undone,
    moved_out,
    on_record,
    removals_by_hand,
    spend_by_standing,
    spend_in_cycle,
)
from care.reports.selection_questions import (
    NONE_SAID,
    Counts,
    JudgedQuestion,
    answered,
    exit_question,
    spend_question,
    spread_question,
)
from care.reports.selection_records import BesideDraws, Conduct, Selection
from care.times.weeks import Week
from care.times.zones import local_date
from care.words import CallState, Eligibility, LedgerKind, Stance, Strata

ASKED = ("segment", "country", "status")
"""What could be favoured, the same each time: whoever chose the question could bend the answer.

Nothing that is known of a customer only because they were drawn, such as their stance.
"""

HEARD_BY: dict[str, Callable[[ClosedCase], str | None]] = {
    "segment": lambda case: case.segment or NONE_SAID,
    "stance": lambda case: case.stance and ("critics" if case.stance is Stance.CRITIC else "fans and neutral"),
    "open issue": lambda case: "with an open issue" if case.raised else "without",
    "caller": lambda case: case.caller,
}
"""By what the heard are held against the drawn, each known before the call was made."""

NO_CHANCE = (
    Eligibility.NO_PHONE,
    Eligibility.DO_NOT_CALL,
    Eligibility.PROSPECT,
    Eligibility.ACTIVE,
    Eligibility.FORMER,
)
"""Who is drawn in no week, as they stand now."""


def gather(session: Session, asking: Asking, now: datetime) -> Gathered:
    """Whether the selection favours anybody, whatever the time of the report."""
    return Gathered(selection(session), {})


def selection(session: Session) -> Selection:
    """Whether the selection favours anybody, as far as it can be told from what is on record now.

    The tests repeat honest draws from the seal of the last one, so that anybody who asks gets the same figure.
    """
    settings, began, drawn = policy(session), begun(session), all_draws(session)
    frame = frame_of(standings(session))
    no_chance = {why: n for why, n in frame.excluded.items() if Eligibility(why) in NO_CHANCE}
    pointers = all_pointers(session)
    seal = drawn[-1].seal if drawn else ""
    cases = closed_cases(session)
    removals = removals_by_hand(session)
    answers = answered(
        _drawn_questions(session, pointers, seal, settings.strata),
        _heard_questions(cases, seal),
        exit_question(removals),
        sum(removal.among_next for removal in removals),
    )
    ended, kinds = _ended(session), on_record(session)
    return Selection(
        verdict=answers.verdict if drawn else "nothing was drawn yet",
        begun_on=local_date(began.at, settings.timezone),
        key=began.key,
        draws=len(drawn),
        customers=frame.customers,
        eligible=frame.eligible,
        no_chance=no_chance,
        waiting=frame.customers - frame.eligible - sum(no_chance.values()),
        spend_no_chance=_spend_without_chance(session),
        strata=settings.strata.value,
        cycle=max((cycle for cycle, _ in pointers.values()), default=None),
        spreads=answers.drawn,
        heard=answers.heard,
        exits=answers.exits,
        cases=ended,
        rates=rates(ended),
        callers=_conduct(session),
        record=BesideDraws(
            policy_changes=kinds.get(LedgerKind.POLICY, 0),
            undone=kinds.get(LedgerKind.UNDO, 0),
            forgotten=kinds.get(LedgerKind.FORGET, 0),
            merged=kinds.get(LedgerKind.MERGE, 0) // 2,
            resized=sum(draw.part == 1 and draw.asked != draw.policy_calls for draw in drawn),
            hand_set=sum(draw.explicit_clock for draw in drawn),
            switched=kinds.get(LedgerKind.STRATUM, 0),
        ),
    )


def _drawn_questions(
    session: Session, pointers: Mapping[str, tuple[int, int]], seal: str, strata: Strata
) -> list[JudgedQuestion]:
    counts = [groups_in_cycle(session, ASKED, stratum, *here) for stratum, here in sorted(pointers.items())]
    questions = []
    for what in ASKED:
        if what != strata.value:  # each stratum gets its share, whoever is drawn
            by_name = [{name or NONE_SAID: pair for name, pair in groups[what].items()} for groups in counts]
            questions.append(spread_question(what, by_name, seal))
    spend = [spend_in_cycle(session, stratum, *here) for stratum, here in sorted(pointers.items())]
    questions.append(spend_question(spend, seal))
    return [question for question in questions if question is not None]


def _heard_questions(cases: Sequence[ClosedCase], seal: str) -> list[JudgedQuestion]:
    questions = [
        spread_question(what, [_heard_counts(cases, group)], f"{seal} heard") for what, group in HEARD_BY.items()
    ]
    return [question for question in questions if question is not None]


def _heard_counts(cases: Iterable[ClosedCase], group: Callable[[ClosedCase], str | None]) -> Counts:
    of: Counter[str] = Counter()
    heard: Counter[str] = Counter()
    for closed in cases:
        name = group(closed)
        if name is not None:
            of[name] += 1
            heard[name] += closed.state is CallState.HELD
    return {name: (n, heard[name]) for name, n in of.items()}


def _spend_without_chance(session: Session) -> float | None:
    spend = spend_by_standing(session)
    whole = sum(spend.values())
    return sum(spend.get(standing, 0.0) for standing in NO_CHANCE) / whole if whole else None


def _ended(session: Session) -> Cases:
    counts = dict.fromkeys(("interviews", "refusals", "noncontacts", "unknown"), 0)
    for state, by_wrong_number, n in endings(session):
        if state is CallState.HELD:
            counts["interviews"] += n
        elif state is CallState.REFUSED:
            counts["refusals"] += n
        else:
            counts["unknown" if by_wrong_number else "noncontacts"] += n
    return Cases(**counts)


def _conduct(session: Session) -> tuple[Conduct, ...]:
    counts: dict[str, Counter[str]] = {}
    for caller, state, n in left_undone(session):
        counts.setdefault(caller, Counter())[state.value] += n
    zone = policy(session).timezone
    for row in moved_out(session):
        over = Week.parse(row.week).sunday
        # After a try in vain care itself proposes another day: only who was not tried in their week was put off.
        untried = row.tried_at is None or local_date(row.tried_at, zone) > over
        counts.setdefault(row.caller, Counter())["put off"] += untried and row.not_before > over
    return tuple(
        Conduct(caller, count[CallState.SKIPPED.value], count[CallState.LAPSED.value], count["put off"])
        for caller, count in sorted(counts.items())
    )
