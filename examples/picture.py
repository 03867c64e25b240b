"""Draws the report of the demo as SVG, from the real program in a real terminal: ``python examples/picture.py``."""

import os
import pty
import subprocess
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

WIDTH = 80
NOW = "2026-11-23T09:00:00+01:00"
OUT = Path(__file__).with_name("report.svg")

THEME = TerminalTheme(
    (20, 22, 26),
    (216, 216, 216),
    [(59, 64, 72), (240, 113, 111), (140, 197, 112), (230, 180, 80),
     (106, 176, 243), (199, 146, 234), (92, 207, 201), (232, 232, 232)],
)  # fmt: skip

# No font is fetched from anywhere: the reader's own monospaced one has to do.
SVG = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="-14 26 1022 {height}" role="img" aria-label="care report">
<style>
.{unique_id}-matrix {{ font-family: ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace;
  font-size: {char_height}px; line-height: {line_height}px; }}
{styles}
</style>
<rect x="-14" y="26" fill="#14161a" width="1022" height="{height}" rx="10"/>
<defs>{lines}</defs>
<g transform="translate({terminal_x}, {terminal_y})">{backgrounds}
<g class="{unique_id}-matrix">{matrix}</g></g>
</svg>
"""


def on_a_terminal(*command: str, env: dict[str, str]) -> str:
    """What the command writes to a terminal of ``WIDTH`` columns."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(command, stdout=theirs, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL, env=env) as run:
        os.close(theirs)
        said = bytearray()
        while True:
            try:
                piece = os.read(ours, 65536)
            except OSError:
                break
            if not piece:
                break
            said += piece
        run.wait()
    os.close(ours)
    return said.decode().replace("\r\n", "\n")


def drawn(shown: str) -> str:
    """The picture of what was written to a terminal, as SVG."""
    console = Console(record=True, width=WIDTH, file=open(os.devnull, "w"), force_terminal=True)  # noqa: SIM115, PTH123
    console.print(Text.from_ansi(shown.rstrip()))
    svg = console.export_svg(theme=THEME, code_format=SVG, unique_id="care")
    return "\n".join(line.rstrip() for line in svg.splitlines()) + "\n"


def main() -> None:
    """Writes the picture beside this script."""
    care = (sys.executable, "-m", "care")
    with tempfile.TemporaryDirectory() as folder:
        store = str(Path(folder) / "demo.db")
        env = {**os.environ, "CARE_NOW": NOW, "CARE_CONFIG": str(Path(folder) / "care.toml"), "TERM": "xterm-256color",
               "COLUMNS": str(WIDTH)}  # fmt: skip
        env.pop("NO_COLOR", None)
        subprocess.run([*care, "demo", "--store", store], check=True, env=env, stdout=subprocess.DEVNULL)
        shown = on_a_terminal(*care, "report", "--store", store, env=env)
    OUT.write_text(drawn(shown), encoding="utf-8")


if __name__ == "__main__":
    main()
