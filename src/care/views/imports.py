"""The screen of an import."""

from care.customers.imports.records import ImportSummary
from care.text import fold, plural
from care.views.screen import BROKEN, HEAD, QUIET, TYPED, WAITING, WELL, Cell, Screen
from care.views.wording import not_drawn

SHOWN_REJECTIONS = 10

BESIDE = 18

FEW = 6
"""So many columns of one kind are named."""


def show_import(screen: Screen, summary: ImportSummary) -> None:
    """What came in, what the columns were taken for, who can be called, and how to take it back."""
    told = "A rehearsal of " if summary.dry_run else ""
    screen.sides(f"{told}{summary.file}", f"{summary.layout}, {summary.encoding}")
    screen.rows(
        [
            [Cell(f"{n:,}", style, right=True), Cell(word), Cell(note, QUIET, cut=True)]
            for n, word, note, style in (
                (summary.added, "added", _some(summary.sample, summary.added), WELL),
                (summary.updated, "updated", _some(summary.updated_sample, summary.updated), ""),
                (summary.unchanged, "unchanged", "", QUIET),
                (summary.rejected, "rejected", "", BROKEN if summary.rejected else QUIET),
            )
            if n or word == "added"
        ]
    )
    _rejections(screen, summary)
    _columns(screen, summary)
    for notice in _notices(summary):
        screen.line((notice, WAITING), indent=2)
    _callable(screen, summary)
    if summary.duplicates:
        words = "pair of customers looks" if summary.duplicates == 1 else "pairs of customers look"
        screen.line((f"{summary.duplicates:,} {words} like one person: ", QUIET), ("care customers duplicates", TYPED))
    if summary.batch is not None and summary.added + summary.updated:
        screen.line(
            (f"This was {summary.batch}. Take it back with ", QUIET), (f"care undo --import {summary.batch}", TYPED)
        )


def _some(names: tuple[str, ...], total: int) -> str:
    return ", ".join(names) + (", …" if total > len(names) else "")


def _rejections(screen: Screen, summary: ImportSummary) -> None:
    shown = summary.rejections[:SHOWN_REJECTIONS] if screen.is_terminal else summary.rejections
    for one in shown:
        screen.line((f"line {one.line}: ", QUIET), one.reason, indent=4)
    if len(shown) < len(summary.rejections):
        screen.line(
            (f"and {plural(len(summary.rejections) - len(shown), 'more line')}: --json names them all", QUIET), indent=4
        )


def _columns(screen: Screen, summary: ImportSummary) -> None:
    fields: dict[str, list[str]] = {}
    for column in summary.columns:
        if column.field is not None:
            fields.setdefault(column.field, []).append(column.column)
    kept = [column.column for column in summary.columns if column.field is None]
    screen.line(("Columns", HEAD))
    named = [field for field, columns in fields.items() if [fold(one) for one in columns] == [field.replace("_", " ")]]
    if named:
        screen.quote("as named", ", ".join(fields.pop(field)[0] for field in named), BESIDE, QUIET, indent=2)
    for field, columns in fields.items():
        more = f" and {len(columns) - FEW} more" if len(columns) > FEW else ""
        screen.quote(field.replace("_", " "), ", ".join(columns[:FEW]) + more, BESIDE, QUIET, indent=2)
    if kept:
        most = 8
        more = f" and {len(kept) - most} more" if len(kept) > most else ""
        screen.quote("kept as it is", ", ".join(kept[:most]) + more, BESIDE, QUIET, QUIET, indent=2)


def _notices(summary: ImportSummary) -> list[str]:
    notices = list(summary.notices)
    for field, n in summary.unreadable.items():
        notices.append(f"{plural(n, field.replace('_', ' ') + ' value')} could not be read and kept as written.")
    if summary.unknown_statuses:
        words = ", ".join(f"“{word}” {n}" for word, n in summary.unknown_statuses.items())
        notices.append(f'Statuses not understood, taken as active: {words}. Say --map "COLUMN:VALUE=prospect".')
    return notices


def _callable(screen: Screen, summary: ImportSummary) -> None:
    total = summary.callable + sum(summary.excluded.values())
    if not total:
        return
    line = f"{summary.callable:,} of {total:,} can be called."
    if summary.excluded:
        line += f" Not: {not_drawn(dict(sorted(summary.excluded.items(), key=lambda item: -item[1])))}."
    screen.line((line, HEAD if summary.callable else WAITING))
    if summary.unchecked:
        words = "customer has a number" if summary.unchecked == 1 else "customers have a number"
        screen.line((f"{summary.unchecked:,} {words} that could not be checked: it is dialled as written.", QUIET))
    if not summary.callable and "prospect" in summary.excluded:
        screen.line(("Call prospects too: care config set statuses active,prospect", WAITING))
