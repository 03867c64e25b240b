"""The walk through the first week, run as it is written."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
EXAMPLES = ROOT / "examples"


def walk() -> list[tuple[str, list[str]]]:
    """Every command of the walk with the lines that are printed below it."""
    steps: list[tuple[str, list[str]]] = []
    for block in re.findall(r"```console\n(.*?)```", (EXAMPLES / "first-week.md").read_text("utf-8"), re.DOTALL):
        for line in block.splitlines():
            if line.startswith("$ "):
                steps.append((line[2:], []))
            else:
                steps[-1][1].append(line)
    return steps


def pattern(lines: list[str]) -> str:
    """A regular expression for the lines; ``…`` alone stands for any lines, within a line for anything."""
    parts = []
    for line in lines:
        if line == "…":
            parts.append(r"(?:.*\n)*?")
        else:
            parts.append(".*".join(re.escape(piece) for piece in line.split("…")) + r"\n")
    return "".join(parts)


def test_the_first_week_runs_as_it_is_written(tmp_path: Path) -> None:
    shutil.copy(EXAMPLES / "customers.csv", tmp_path)
    env = {**os.environ, "CARE_STORE": str(tmp_path / "care.db"), "CARE_CONFIG": str(tmp_path / "care.toml"),
           "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}  # fmt: skip
    steps = walk()
    assert len(steps) > 15
    for command, expected in steps:
        if command.startswith("export "):
            name, _, value = command.removeprefix("export ").partition("=")
            env[name] = value
            continue
        ran = subprocess.run(command, shell=True, cwd=tmp_path, env=env, capture_output=True, text=True, check=False)
        assert ran.returncode == 0, f"$ {command}\n{ran.stdout}{ran.stderr}"
        assert re.fullmatch(pattern(expected), ran.stdout), (
            f"$ {command}\n{ran.stdout}\nis not as written:\n" + "\n".join(expected)
        )
