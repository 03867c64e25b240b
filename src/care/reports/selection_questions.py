"""What the selection report asks, and what may be said to each answer once all are known."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from statistics import median
from typing import NamedTuple

from care.reports.selection_records import ChosenGroup, Exits, Spread
from care.reports.verdict import HONEST_DRAWS, LEVEL, PURE_CHANCE, said, too_few
from care.statistics.exact import Compared, fisher, holm, next_in_turn, removals_test
from care.statistics.monte_carlo import GroupCounts, Values, groups_test, ranks_test

MOST_GROUPS = 12
"""So many of the largest groups are kept apart; the rest are one."""

NONE_SAID = "none said"

EXITS = "in who was taken out by hand"


class JudgedQuestion(NamedTuple):
    """One question with its test: ``judged`` customers were drawn, heard or removed."""

    what: str
    judged: int
    tested: Compared
    groups: tuple[ChosenGroup, ...] = ()
    medians: tuple[float, float] | None = None


class Removal(NamedTuple):
    """Somebody taken out of the draw by hand: whether they were among the next ``places`` of those still to come."""

    among_next: bool
    places: int
    still_to_come: int


Counts = Mapping[str, tuple[int, int]]
"""By group: how many there are, and how many of them were drawn or heard."""


def spread_question(what: str, strata: Sequence[Counts], seal: str) -> JudgedQuestion | None:
    """Whether the chosen of each stratum are spread over the groups as chance would; None where all are alike."""
    whole: Counter[str] = Counter()
    for counts in strata:
        whole.update({name: of for name, (of, _) in counts.items()})
    kept = [name for name, _ in sorted(whole.items(), key=lambda item: (-item[1], item[0]))][:MOST_GROUPS]
    names = [*kept, "all others"] if len(whole) > MOST_GROUPS else kept
    if len(names) < 2:
        return None
    blocks = []
    for counts in strata:
        rest = [pair for name, pair in counts.items() if name not in kept]
        pairs = [counts.get(name, (0, 0)) for name in kept]
        pairs += [(sum(of for of, _ in rest), sum(some for _, some in rest))] if len(names) > len(kept) else []
        blocks.append(GroupCounts([of for of, _ in pairs], [some for _, some in pairs]))
    groups = tuple(_group(name, number, blocks) for number, name in enumerate(names))
    if len(groups) == 2 and len(blocks) == 1:
        [block] = blocks
        [(some, of), (other_some, other_of)] = zip(block.drawn, block.frame, strict=True)
        tested = fisher(some, of, other_some, other_of)
    else:
        tested = groups_test(blocks, seal, what)
    return JudgedQuestion(what, sum(group.some for group in groups), tested, groups)


def _group(name: str, number: int, blocks: Iterable[GroupCounts]) -> ChosenGroup:
    of, some, expected = 0, 0, 0.0
    for frame, drawn in blocks:
        of, some = of + frame[number], some + drawn[number]
        expected += sum(drawn) * frame[number] / (sum(frame) or 1)
    return ChosenGroup(name, of, some, expected)


def spend_question(strata: Sequence[tuple[Sequence[float], Sequence[float]]], seal: str) -> JudgedQuestion | None:
    """Whether the drawn spend more or less than the rest of their cycle; None where too little is known of it."""
    drawn = [spend for some, _ in strata for spend in some]
    others = [spend for _, rest in strata for spend in rest]
    if not drawn or len({*drawn, *others}) < 2:
        return None
    tested = ranks_test([Values(*both) for both in strata if both[0] or both[1]], seal, "spend")
    return JudgedQuestion("spend", len(drawn), tested, medians=(median(drawn), median([*drawn, *others])))


def exit_question(removals: Sequence[Removal]) -> tuple[JudgedQuestion, float]:
    """Whether those taken out by hand were the next in turn more often than chance brings; and how many it brings."""
    chances = [next_in_turn(removal.places, removal.still_to_come) for removal in removals]
    near = sum(removal.among_next and chance > 0 for removal, chance in zip(removals, chances, strict=True))
    return JudgedQuestion(EXITS, len(removals), removals_test(near, chances)), sum(chances)


class Answers(NamedTuple):
    """What may be said to every question that was asked, and the verdict over all."""

    verdict: str
    drawn: tuple[Spread, ...]
    heard: tuple[Spread, ...]
    exits: Exits


def answered(
    drawn: Sequence[JudgedQuestion], heard: Sequence[JudgedQuestion], exits: tuple[JudgedQuestion, float], near: int
) -> Answers:
    """The answers, each p judged among those of all questions to which there is enough to tell (Holm).

    ``near`` counts those taken out by hand who were among the next in turn.
    """
    places = ["in who was drawn"] * len(drawn) + ["in who was heard"] * len(heard) + [EXITS]
    asked = [*drawn, *heard, exits[0]]
    told = [number for number, question in enumerate(asked) if not too_few(question.judged, question.tested)]
    adjusted = dict(zip(told, holm([asked[number].tested.p for number in told]), strict=True))
    verdicts = [
        said(
            question.judged, question.tested, adjusted.get(number), HONEST_DRAWS if number < len(drawn) else PURE_CHANCE
        )
        for number, question in enumerate(asked)
    ]
    signs: dict[str, list[str]] = {}
    for number in (number for number in told if adjusted[number] <= LEVEL):
        signs.setdefault(places[number], []).append(asked[number].what)
    signs_said = [where if where == EXITS else f"{where}, by {' and '.join(what)}" for where, what in signs.items()]
    verdict = f"a sign of favour {'; '.join(signs_said)}" if signs_said else "no sign of favour"
    spreads = [
        Spread(question.what, question.groups, words, question.medians)
        for question, words in zip(asked, verdicts, strict=True)
    ]
    return Answers(
        verdict if told else "too few were drawn to tell",
        tuple(spreads[: len(drawn)]),
        tuple(spreads[len(drawn) : -1]),
        Exits(exits[0].judged, near, exits[1], verdicts[-1]),
    )
