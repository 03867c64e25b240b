"""Printing the blocks of a report on a screen."""

from collections.abc import Iterable

from care.reports.blocks import QUIET, WAITING, Block, Gap, Labelled, Quoted, Table, TextLine
from care.views.screen import Screen

LABEL = 13
"""Where the words beside a label begin."""

MARK = 4
"""Where a customer's words begin, behind their mark."""


def show_blocks(screen: Screen, blocks: Iterable[Block]) -> None:
    """Prints the blocks one below the other; a chart is for a page in a browser and says nothing here."""
    for block in blocks:
        if isinstance(block, Labelled):
            label, words = block.label, block.words
            screen.quote(label.text, words.text, LABEL, label.style, words.style, indent=block.indent)
        elif isinstance(block, Table):
            screen.rows(block.rows, indent=block.indent)
        elif isinstance(block, TextLine):
            screen.line(*block.parts, indent=block.indent, hang=block.hang)
        elif isinstance(block, Quoted):
            _show_spoken(screen, block)
        elif isinstance(block, Gap):
            screen.blank()


def _show_spoken(screen: Screen, block: Quoted) -> None:
    if screen.fits(block.words, block.who, MARK):
        screen.ends(block.mark, block.words, block.who, MARK, WAITING)
    else:
        screen.quote(block.mark, block.words, MARK, WAITING, indent=2)
        screen.line((block.who, QUIET), indent=MARK)
