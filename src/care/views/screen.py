"""The screen all views write on: safe, aligned, calm, and complete when nobody looks at it.

Colour carries meaning and nothing else: red is what is broken or overdue, yellow what waits, green what is well,
cyan what can be typed. On a terminal a line is never wider than it; in a pipe nothing is cut.
"""

import os
from collections.abc import Callable, Iterable, Sequence
from itertools import zip_longest
from typing import TextIO

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from care.reports.blocks import BROKEN, HEAD, QUIET, TYPED, WAITING, WELL, Cell
from care.views.safe import clip, safe, safe_spaced

__all__ = ["BROKEN", "HEAD", "QUIET", "TYPED", "WAITING", "WELL", "Cell", "Screen"]

PIPED_WIDTH = 100_000

WIDEST = 110

PAGE = 80

GAP = 2

EASY, LEAST = 18, 12
"""How narrow a cell that may be cut gets while a column could still be dropped instead, and in the end."""


class Screen:
    """One stream, with a width and perhaps colour."""

    def __init__(self, stream: TextIO) -> None:
        self.is_terminal = stream.isatty()
        self.stream = stream
        self.console = Console(
            file=stream, markup=False, emoji=False, highlight=False, soft_wrap=True, legacy_windows=False
        )
        self.width = PIPED_WIDTH
        self.measure()

    def measure(self) -> None:
        """Takes the width the terminal has now; whoever talks for long asks again, for windows are pulled about."""
        if self.is_terminal:
            self.width = min(self.console.width, WIDEST)

    @property
    def height(self) -> int | None:
        """The lines the terminal has, None where nobody has to scroll."""
        try:
            return os.get_terminal_size(self.stream.fileno()).lines or None if self.is_terminal else None
        except OSError:
            return None

    def line(self, *parts: str | tuple[str, str], indent: int = 0, hang: int | None = None) -> None:
        """One line made of texts and (text, style) pairs, wrapped between words where the terminal is narrow.

        What wraps stands at ``hang``, else at ``indent``.
        """
        text = Text(" " * indent)
        for part in parts:
            words, style = (part, "") if isinstance(part, str) else part
            text.append(safe_spaced(words), style or None)
        self._write(text, indent if hang is None else hang)

    def prompt(self, words: str) -> None:
        """Words after which something is typed: on a narrow screen what stands two spaces apart stays whole."""
        parts = words.split("  ")
        indent = "  " if not parts[0] else ""
        line, *rest = parts[1:] if indent else parts
        lines = [indent + safe(line)]
        for part in rest:
            if cell_len(f"{lines[-1]}  {safe(part)}") > self.width - GAP:
                lines.append(indent + GAP * " " + safe(part))
            else:
                lines[-1] += f"  {safe(part)}"
        for whole in lines[:-1]:
            self._write(Text(whole.rstrip()), len(indent) + GAP)
        self.stream.write(lines[-1])
        self.stream.flush()

    def blank(self) -> None:
        """An empty line."""
        self.console.print()

    def sides(self, left: str, right: str, left_style: str = HEAD, right_style: str = QUIET) -> None:
        """A line with something at each end; one below the other where they do not fit."""
        width = min(self.width, PAGE)
        room = width - cell_len(safe(left)) - cell_len(safe(right))
        if self.is_terminal and room < GAP:
            self.line((left, left_style))
            self.line((right, right_style))
        else:
            gap = " " * max(GAP, room)
            self._write(Text.assemble((safe(left), left_style), gap, (safe(right), right_style)), 0)

    def quote(
        self, label: str, words: str, column: int, label_style: str = HEAD, style: str = "", *, indent: int = 0
    ) -> None:
        """A label and words beside it that keep to their own column when they wrap."""
        said = safe(label)
        gap = " " * max(1, column - indent - cell_len(said))
        self._write(Text.assemble(" " * indent, (said, label_style), gap, (safe(words), style)), column)

    def fit(self, write: Callable[[int], None], details: Sequence[int], spare: int) -> None:
        """Writes the first of these amounts of detail that leaves so many lines of the terminal, else the last."""
        for detail in details:
            with self.console.capture() as written:
                write(detail)
            if self.height is None or written.get().count("\n") <= self.height - spare:
                break
        self.stream.write(written.get())

    def beside(
        self,
        label: str,
        words: str,
        other: tuple[str, str],
        tail: tuple[str, str],
        columns: tuple[int, int],
        most: tuple[int, int],
    ) -> None:
        """A label, words beside it, and in a column behind them other words and a tail, each with its style.

        The words take at most so many lines; the others as many as these do, or at most so many.
        """
        column, middle = columns
        left = self._lines(Text(safe(words)), middle - column - GAP, most[0])
        right = self._lines(Text(safe(other[0]), other[1]), self.width - middle, max(most[1], len(left)), tail)
        head = Text(safe(label), TYPED)
        for first, second in zip_longest(left, right):
            line = head + Text(" " * max(1, column - cell_len(head.plain)))
            line.append_text(first or Text())
            if second is not None:
                line.append(" " * max(GAP, middle - cell_len(line.plain))).append_text(second)
            line.rstrip()
            self.console.print(line)
            head = Text()

    def _lines(self, text: Text, width: int, most: int, tail: tuple[str, str] = ("", "")) -> list[Text]:
        """The text wrapped to at most so many lines, the last ``…`` where something was cut, and the tail behind it."""
        whole = text + Text(f"  {tail[0]}", tail[1]) if tail[0] else text
        lines = list(whole.wrap(self.console, max(1, width)))
        if len(lines) > most:
            room = width - (len(tail[0]) + GAP if tail[0] else 0)
            kept = list(text.wrap(self.console, max(1, width)))[:most]
            last = Text(clip(kept[-1].plain.rstrip(), room - 1).removesuffix("…") + "…", text.style)
            lines = [*kept[:-1], last + Text(f"  {tail[0]}", tail[1]) if tail[0] else last]
        for line in lines:
            line.rstrip()
        return lines

    def fits(self, left: str, right: str, indent: int) -> bool:
        """Whether both stand on one line of a page."""
        return cell_len(safe(left)) + cell_len(safe(right)) + indent + GAP <= min(self.width, PAGE)

    def ends(self, label: str, left: str, right: str, column: int, label_style: str) -> None:
        """A label, words beside it, and words at the end of the line; ask ``fits`` first."""
        lead = f"  {safe(label)}".ljust(column)
        room = min(self.width, PAGE) - column - cell_len(safe(left)) - cell_len(safe(right))
        self._write(Text.assemble((lead, label_style), safe(left), " " * room, (safe(right), QUIET)), 0)

    def rows(self, rows: Iterable[Sequence[Cell]], indent: int = 2) -> None:
        """Aligned columns. Where the screen is narrow, cells that may be cut give way, the longest first."""
        table = [[cell._replace(text=safe(cell.text)) for cell in row] for row in rows]
        if not table:
            return
        widths = [max(cell_len(row[at].text) for row in table if at < len(row)) for at in range(len(table[0]))]
        widths = self._fitted(table, widths, indent)
        for row in table:
            text = Text(" " * indent)
            for at, (cell, width) in enumerate(zip(row, widths, strict=True)):
                shown = clip(cell.text, width)
                room = " " * (width - cell_len(shown))
                text.append(f"{room}{shown}" if cell.right else shown, cell.style or None)
                if at < len(row) - 1 and not cell.right:
                    text.append(room)
                if at < len(row) - 1 and width:
                    text.append(" " * GAP)
            text.rstrip()
            self._write(text, indent + widths[0] + GAP)

    def _fitted(self, table: list[list[Cell]], widths: list[int], indent: int) -> list[int]:
        """Widths that fit the screen: cells that may be cut give way a little, then columns that may be dropped go, the
        last first, then the cells give way further, and then everything wraps."""
        full, may_cut = list(widths), {at for at in range(len(widths)) if any(row[at].cut for row in table)}
        may_drop = [at for at in range(len(widths)) if full[at] and any(row[at].drop for row in table)]
        while True:
            widths = self._cut(list(full), may_cut, indent, EASY if may_drop else LEAST)
            if self._fits(widths, indent) or not may_drop:
                return widths
            full[may_drop.pop()] = 0

    def _cut(self, widths: list[int], may_cut: set[int], indent: int, least: int) -> list[int]:
        while not self._fits(widths, indent):
            longest = max((at for at in may_cut if widths[at] > least), key=lambda at: widths[at], default=None)
            if longest is None:
                break
            widths[longest] -= 1
        return widths

    def _fits(self, widths: list[int], indent: int) -> bool:
        return sum(widths) + GAP * (sum(1 for width in widths if width) - 1) + indent <= self.width

    def _write(self, text: Text, hang: int) -> None:
        if not self.is_terminal or cell_len(text.plain) <= self.width:
            self.console.print(text)
            return
        hang = min(hang, self.width // 2)
        first = text.wrap(self.console, self.width)[0]
        rest = text[len(first.plain.rstrip()) :]
        rest = rest[len(rest.plain) - len(rest.plain.lstrip(" ")) :]
        lines = rest.wrap(self.console, self.width - hang) if rest.plain else ()
        for shown in (first, *(Text(" " * hang).append_text(line) for line in lines)):
            shown.rstrip()
            self.console.print(shown)

    def hint(self, words: str) -> None:
        """The next command, quietly."""
        self.line((words, QUIET))

    def notice(self, words: str) -> None:
        """Something worth knowing."""
        self.line((words, WAITING))
