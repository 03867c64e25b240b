"""How shares are said: with their count, their interval, and no more than they tell."""

from collections.abc import Iterator, Sequence

from care.reports.blocks import QUIET, WAITING, WELL, Block, Cell, Interval, IntervalChart, Table, line
from care.reports.heard_records import HeardShare
from care.text import listing
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


def share_blocks(shares: Sequence[HeardShare]) -> Iterator[Block]:
    """The shares as a table, under it for whom they speak, and as a chart; nothing where there are none."""
    if not shares:
        return
    yield Table(tuple(_cells(share) for share in shares))
    words = "Of those who would talk with us."
    wide = [share for share in shares if share.missing and share.least is not None and share.most is not None]
    if wide:
        widest = max(wide, key=lambda share: share.missing or 0)
        ends = f"{percent(widest.least)}–{percent(widest.most)} %"
        missing = f"{widest.missing:,} more, drawn and not heard or without a reading"
        words += f" With {missing}, {said(widest.key).lower()} could be {ends}."
    pooled = sorted({listing(list(names)) for share in shares for names in share.collapsed})
    if pooled:
        words += f" Too few to weigh apart: {'; '.join(pooled)}."
    unseen = [share.change.power for share in shares if share.change and share.change.power is not None]
    if unseen:
        words += f" A change of 20 points would show {round(10 * min(unseen))} times in 10."
    yield line(words, QUIET)
    yield IntervalChart(
        "Shares of good readings with their 95 % intervals",
        "Good readings of drawn talks: the share, and the interval it lies in with 95 %.",
        tuple(_interval(share) for share in shares),
    )


def _interval(share: HeardShare) -> Interval:
    return Interval(share.key, f"{share.key}: {share.good} of {share.of}", share.part, share.low, share.high)


def said(key: str) -> str:
    """What a good reading of a question means, in a few words."""
    return _SAID.get(key, key.capitalize())


def percent(part: float | None) -> str:
    """A part of one as a whole number of hundredths."""
    return f"{(part or 0) * 100:.0f}"


def _cells(share: HeardShare) -> tuple[Cell, ...]:
    trend = share.change.trend if share.change else Trend.TOO_FEW
    words = _TREND.get(trend, "")
    if share.change and trend in _STYLE:
        words = f"{'▲ up' if trend is Trend.UP else '▼ down'} from {share.change.earlier}"
    return (
        Cell(said(share.key), cut=True),
        Cell(f"{share.good} of {share.of}", right=True),
        Cell(f"{percent(share.part)} %", right=True),
        Cell(f"({percent(share.low)}–{percent(share.high)} %)", QUIET),
        Cell(words, _STYLE.get(trend, QUIET), drop=True),
    )
