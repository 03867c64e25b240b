"""Which passages may mean the same, by the words they share. It is only ever suggested; a person decides.

A passage is a vector of its telling words, the rarer the heavier; two are near when the cosine of the angle between
them is at least ``NEAR``. Of a long passage only its heaviest words count for its length, or whoever gives a reason
with a wish would be like nobody. No passage is compared with every other: see ``near_forms``.
"""

import heapq
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from math import log, sqrt
from typing import NamedTuple

from care.gold.word_stems import common_stems, telling_words

NEAR = 0.45
"""How much of their words two passages must share, from 0 to 1, to be worth asking about."""

AS_IF = 100
"""Rarity is only known among many: as long as there are fewer passages, words weigh as among so many."""

FULL = 4
"""So many of a passage's words, the heaviest, make up its length at most."""

SHOWN = 4
"""So many shared words are named at most."""

_ROUNDING = 1e-6


class PassageWords(NamedTuple):
    """A passage as it is compared: ``vein`` where it was gathered already."""

    id: int
    customer: int
    words: str
    vein: int | None = None


class SimilarPassages(NamedTuple):
    """Passages not gathered yet that may mean the same, by their ids, and the words they share.

    ``vein`` where they are like what was gathered there, else None. ``customers`` counts each once.
    """

    vein: int | None
    ids: tuple[int, ...]
    customers: int
    shared: tuple[str, ...]


class Form(NamedTuple):
    """Passages of the same telling words: ``words`` by their family, the rarest first, and which passages they are.

    ``norm`` is the length of the vector of its ``FULL`` heaviest words.
    """

    words: Mapping[str, str]
    norm: float
    members: tuple[int, ...]


def similar_passages(said: Sequence[PassageWords]) -> list[SimilarPassages]:
    """What may be gathered, the one with the most customers first: each passage is in one of them at most.

    A passage near to one that was gathered goes to that vein. Of the others, the one with the most customers near to
    it is taken with those, as long as two customers are left who are alike.
    """
    forms, weights = _forms([one.words for one in said])
    near = near_forms(forms, weights)
    loose: dict[int, list[int]] = {}
    found: dict[int, list[int]] = {}
    for at, form in enumerate(forms):
        still = [member for member in form.members if said[member].vein is None]
        vein = _vein_near(said, forms, {at: 1.0, **near[at]}) if still else None
        if vein is not None:
            found.setdefault(vein, []).extend(still)
        elif still:
            loose[at] = still
    form_of = {member: form for form in forms for member in form.members}
    gathered: dict[int | None, set[str]] = {}
    for one, passage in enumerate(said):
        if passage.vein in found:
            gathered.setdefault(passage.vein, set()).update(form_of[one].words)
    groups: list[tuple[int | None, list[int]]] = [*found.items()]
    groups += [(None, members) for members in _stars(said, near, loose)]
    made = []
    for vein, members in groups:
        customers = len({said[member].customer for member in members})
        shared = _shared([form_of[member] for member in members], weights, gathered.get(vein))
        made.append(SimilarPassages(vein, tuple(said[member].id for member in members), customers, shared))
    return sorted(made, key=lambda one: (-one.customers, -len(one.ids), one.ids))


def near_forms(forms: Sequence[Form], weights: Mapping[str, float]) -> list[dict[int, float]]:
    """For each form those near to it, with how near.

    The light end of a form is too light to make it near to anything by itself, so only those are looked at that share a
    word of its heavy end, and compared where what they share of that could still reach ``NEAR`` (prefix filtering:
    Chaudhuri, Ganti, Kaushik 2006; Bayardo, Ma, Srikant 2007).
    """
    near: list[dict[int, float]] = [{} for _ in forms]
    with_word: dict[str, list[int]] = {}
    for at, one in enumerate(forms):
        heavy, left = _heavy_end(one, weights)
        shared: dict[int, float] = {}
        for word in heavy:
            for other in with_word.get(word, ()):
                shared[other] = shared.get(other, 0.0) + weights[word] ** 2
        for other, weight in shared.items():
            if weight + left < NEAR * one.norm * forms[other].norm - _ROUNDING:
                continue
            how = cosine(one, forms[other], weights)
            if how >= NEAR:
                near[at][other] = near[other][at] = how
        for word in one.words:
            with_word.setdefault(word, []).append(at)
    return near


def cosine(one: Form, other: Form, weights: Mapping[str, float]) -> float:
    """How near two forms are, from 0 to 1. One word in common is a coincidence, unless it is all there is: 0."""
    shared = one.words.keys() & other.words.keys()
    if len(shared) < min(2, len(one.words), len(other.words)):
        return 0.0
    return min(1.0, sum(weights[word] ** 2 for word in shared) / (one.norm * other.norm)) if shared else 0.0


def _forms(texts: Sequence[str]) -> tuple[list[Form], dict[str, float]]:
    telling = [telling_words(text) for text in texts]
    family = common_stems({word for words in telling for word in words})
    by_family = [{family[word]: word for word in reversed(words)} for words in telling]
    counts = Counter(word for words in by_family for word in words)
    total = max(len(telling), AS_IF)
    weights = {one: log(1 + total / n) for one, n in counts.items()}
    same: dict[tuple[str, ...], list[int]] = {}
    for at, words in enumerate(by_family):
        if words:
            same.setdefault(tuple(sorted(words, key=lambda one: (counts[one], one))), []).append(at)
    forms = []
    for ordered, members in same.items():
        written = {one: by_family[members[0]][one] for one in ordered}
        forms.append(Form(written, sqrt(sum(weights[one] ** 2 for one in ordered[:FULL])), tuple(members)))
    return forms, weights


def _heavy_end(one: Form, weights: Mapping[str, float]) -> tuple[list[str], float]:
    """The heaviest words, and what the others weigh together (in squares)."""
    # Words that weigh ``left`` and are all in another form as well make its norm at least the root of that, or of its
    # FULL / n where there are n of them and more than FULL; the cosine follows.
    left, kept = sum(weights[word] ** 2 for word in one.words), []
    for place, word in enumerate(one.words):
        if left * max(1.0, (len(one.words) - place) / FULL) < (NEAR * one.norm) ** 2 - _ROUNDING:
            break
        kept.append(word)
        left -= weights[word] ** 2
    return kept, left


def _vein_near(said: Sequence[PassageWords], forms: Sequence[Form], near: Mapping[int, float]) -> int | None:
    """The vein of the gathered passage that is nearest, or None where none is near."""
    veins = [
        (how, -said[member].id, said[member].vein)
        for at, how in near.items()
        for member in forms[at].members
        if said[member].vein is not None
    ]
    return max(veins)[2] if veins else None


def _stars(
    said: Sequence[PassageWords], near: Sequence[Mapping[int, float]], loose: dict[int, list[int]]
) -> Iterator[list[int]]:
    """Groups of loose passages, each around the form that has the most customers near to it, the largest first."""

    def around(at: int) -> list[int]:
        return [at, *sorted(other for other in near[at] if other in loose)]

    def size(at: int) -> int:
        return len({said[one].customer for other in around(at) for one in loose[other]})

    # Taking a group makes others smaller, so a size is looked at again before its group is taken.
    waiting = [(-size(at), at) for at in loose]
    heapq.heapify(waiting)
    while waiting:
        expected, at = heapq.heappop(waiting)
        if at not in loose or size(at) < 2:
            continue
        if size(at) < -expected:
            heapq.heappush(waiting, (-size(at), at))
            continue
        yield [one for other in around(at) for one in loose.pop(other)]


def _shared(members: Sequence[Form], weights: Mapping[str, float], gathered: set[str] | None) -> tuple[str, ...]:
    """The words half of them have, the most frequent first, as the first of them wrote it."""
    counts = Counter(word for member in members for word in member.words)
    common = [word for word, n in counts.items() if 2 * n >= len(members) and (n > 1 if gathered is None else True)]
    common = [word for word in common if gathered is None or word in gathered]
    common.sort(key=lambda word: (-counts[word], -weights[word], word))
    return tuple(next(member.words[word] for member in members if word in member.words) for word in common[:SHOWN])
