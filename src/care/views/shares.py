"""How shares are said: with their count, their interval, and no more than they tell."""

from collections.abc import Sequence

from care.reports.heard_records import HeardShare
from care.text import listing
from care.views.screen import QUIET, WAITING, WELL, Cell, Screen
from care.words import Trend

_SAID = {
    "promises": "Promises kept, as we heard it",
    "problems": "Problems solved",
    "ease": "Easy to do business with",
    "passion": "Passionate about them",
    "feeling": "Good to deal with",
}


_TREND = {
    Trend.TOO_FEW: "too few for a trend",
    Trend.MISSING: "too many without a reading",
    Trend.UNCLEAR: "no clear change",
}


_STYLE = {Trend.UP: WELL, Trend.DOWN: WAITING}


def show_shares(screen: Screen, shares: Sequence[HeardShare]) -> None:
    """The shares as a table, and under it for whom they speak."""
    screen.rows([_share(one) for one in shares])
    if not shares:
        return
    words = "Of those who would talk with us."
    wide = [one for one in shares if one.missing and one.least is not None and one.most is not None]
    if wide:
        one = max(wide, key=lambda share: share.missing or 0)
        ends = f"{percent(one.least)}–{percent(one.most)} %"
        more = f"{one.missing:,} more, drawn and not heard or without a reading"
        words += f" With {more}, {said(one.key).lower()} could be {ends}."
    pooled = sorted({listing(list(names)) for one in shares for names in one.collapsed})
    if pooled:
        words += f" Too few to weigh apart: {'; '.join(pooled)}."
    unseen = [one.change.power for one in shares if one.change and one.change.power is not None]
    if unseen:
        words += f" A change of 20 points would show {round(10 * min(unseen))} times in 10."
    screen.line((words, QUIET), indent=2)


def said(key: str) -> str:
    """What a good reading of a question means, in a few words."""
    return _SAID.get(key, key.capitalize())


def percent(part: float | None) -> str:
    """A part of one as a whole number of hundredths."""
    return f"{(part or 0) * 100:.0f}"


def _share(share: HeardShare) -> list[Cell]:
    trend = share.change.trend if share.change else Trend.TOO_FEW
    words = _TREND.get(trend, "")
    if share.change and trend in _STYLE:
        words = f"{'▲ up' if trend is Trend.UP else '▼ down'} from {share.change.earlier}"
    return [
        Cell(said(share.key), cut=True),
        Cell(f"{share.good} of {share.of}", right=True),
        Cell(f"{percent(share.part)} %", right=True),
        Cell(f"({percent(share.low)}–{percent(share.high)} %)", QUIET),
        Cell(words, _STYLE.get(trend, QUIET), drop=True),
    ]
