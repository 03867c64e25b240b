"""Plants faults in the rules, one at a time, and says which of them the quick suite does not find.

Run by hand: ``python tests/faults/faults.py --seed 12 --count 40``. Each fault is planted in a copy of the source: a
comparison turned, a constant one up or down, ``and`` for ``or``, a line left out. The tests of the rule's own room run
first, and only a fault that they let pass is shown to the whole quick suite. The last line counts those found; the
survivors stand above it. The same seed plants the same faults in the same source.
"""

import argparse
import ast
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
RULES = {
    "calls/draw.py": "tests/calls tests/verify",
    "calls/seats.py": "tests/calls tests/verify",
    "calls/seal.py": "tests/calls tests/verify",
    "calls/frame.py": "tests/calls tests/verify",
    "calls/take.py": "tests/calls tests/verify",
    "calls/step_up.py": "tests/calls tests/verify",
    "calls/outcomes.py": "tests/calls tests/interviews",
    "customers/order.py": "tests/customers tests/calls tests/verify",
    "calls/slots/matching.py": "tests/calls",
    "calls/slots/diary.py": "tests/calls",
    "calls/slots/timing.py": "tests/calls",
    "statistics/estimates.py": "tests/statistics",
    "statistics/weighted.py": "tests/statistics",
    "statistics/arrows.py": "tests/statistics",
    "issues/life.py": "tests/issues",
    "calls/tries.py": "tests/calls tests/interviews",
    "history/undo.py": "tests/history tests/customers",
    "history/take_back.py": "tests/history tests/customers",
    "customers/imports/matching.py": "tests/customers",
    "customers/imports/candidates.py": "tests/customers",
    "person/forget.py": "tests/person tests/customers tests/cli/test_cli_forgetting.py",
    "person/erase.py": "tests/person tests/customers tests/cli/test_cli_forgetting.py",
    "customers/marks.py": "tests/customers tests/person",
}
"""The rules, and the tests of their own rooms."""

LONGEST = 1800
"""Seconds: a fault may make an endless loop."""

TURNED: dict[type[ast.cmpop], str] = {
    ast.Lt: "<=", ast.LtE: "<", ast.Gt: ">=", ast.GtE: ">", ast.Eq: "!=", ast.NotEq: "==", ast.Is: "is not",
    ast.IsNot: "is", ast.In: "not in", ast.NotIn: "in",
}  # fmt: skip


class Fault(NamedTuple):
    """One change of one place: the file below ``src/care``, the line, and the whole text of the file with it."""

    file: str
    line: int
    what: str
    text: str


def faults_in(file: str, source: str) -> Iterator[Fault]:
    """Every fault that could be planted in a file, in the order of its lines."""
    lines = source.splitlines(keepends=True)
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line.encode()))

    def changed(node: ast.expr | ast.stmt, new: str) -> str:
        whole = source.encode()
        begin = starts[node.lineno - 1] + node.col_offset
        end = starts[(node.end_lineno or node.lineno) - 1] + (node.end_col_offset or 0)
        return (whole[:begin] + new.encode() + whole[end:]).decode()

    for function in ast.walk(ast.parse(source)):
        if isinstance(function, ast.FunctionDef):
            for node in _code_of(function):
                for new in _changes(node):
                    yield Fault(file, node.lineno, f"{ast.unparse(node)} → {new}", changed(node, new))


def _code_of(function: ast.FunctionDef) -> Iterator[ast.expr | ast.stmt]:
    """What is run of a function: neither its docstring nor its annotations, nor what stands in a function within."""
    body = function.body[1:] if ast.get_docstring(function) else function.body
    waiting: list[ast.AST] = list(body)
    while waiting:
        node = waiting.pop(0)
        if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.JoinedStr):
            continue
        if isinstance(node, ast.expr | ast.stmt):
            yield node
        if isinstance(node, ast.AnnAssign):
            waiting += [part for part in (node.value,) if part is not None]
        else:
            waiting += ast.iter_child_nodes(node)


def _changes(node: ast.expr | ast.stmt) -> Iterator[str]:
    if isinstance(node, ast.Compare) and len(node.ops) == 1:
        turned = TURNED[type(node.ops[0])]
        yield f"{ast.unparse(node.left)} {turned} {ast.unparse(node.comparators[0])}"
    elif isinstance(node, ast.BoolOp):
        other = " or " if isinstance(node.op, ast.And) else " and "
        yield "(" + other.join(f"({ast.unparse(value)})" for value in node.values) + ")"
    elif isinstance(node, ast.Constant) and type(node.value) is int:
        yield f"({node.value} + 1)"
        yield f"({node.value} - 1)"
    elif isinstance(node, ast.Expr | ast.Assign | ast.AugAssign):
        yield "pass"


def planted(seed: int, count: int) -> list[Fault]:
    """That many faults, drawn by the seed: first a rule, then a fault in it, none twice."""
    possible: dict[str, list[Fault]] = {}
    for file in sorted(RULES):
        path = ROOT / "src" / "care" / file
        if path.exists():
            possible[file] = list(faults_in(file, path.read_text(encoding="utf-8")))
    luck = random.Random(seed)
    drawn: list[Fault] = []
    while len(drawn) < count:
        file = luck.choice(sorted(possible))
        fault = luck.choice(possible[file])
        if fault not in drawn:
            drawn.append(fault)
    return drawn


def is_found(fault: Fault) -> bool:
    """Whether a quick test fails while the fault is there, in a copy of the checkout that is thrown away."""
    with tempfile.TemporaryDirectory() as folder:
        copy = planted_copy(Path(folder))
        (copy / "src" / "care" / fault.file).write_text(fault.text, encoding="utf-8")
        own = [name for name in RULES[fault.file].split() if (copy / name).exists()]
        return fails(copy, own) or fails(copy, ["tests", "--ignore=tests/test_house.py"])


def planted_copy(folder: Path) -> Path:
    """A copy of the checkout, to plant faults in."""
    copy = folder / "care"
    shutil.copytree(
        ROOT, copy, ignore=shutil.ignore_patterns(".git", ".venv", "__pycache__", ".hypothesis", ".pytest_cache")
    )
    return copy


def environment(copy: Path) -> dict[str, str]:
    """An environment in which Python takes care from the copy."""
    return {**os.environ, "PYTHONPATH": str(copy / "src")}


def fails(copy: Path, tests: list[str]) -> bool:
    """Whether one of these tests fails in a copy, or does not come to an end within ``LONGEST`` seconds."""
    command = [sys.executable, "-m", "pytest", "-q", "-x", "--no-header", "-p", "no:cacheprovider", *tests]
    with subprocess.Popen(
        command, cwd=copy, env=environment(copy), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as run:  # fmt: skip
        try:
            return run.wait(LONGEST) != 0
        except subprocess.TimeoutExpired:
            os.killpg(run.pid, signal.SIGKILL)
            return True


def main() -> int:
    """Plants the faults and prints each with its end; 1 where more than one in twenty survived."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=12)
    parser.add_argument("--count", type=int, default=40)
    asked = parser.parse_args()
    survivors = []
    for number, fault in enumerate(planted(asked.seed, asked.count), 1):
        found = is_found(fault)
        survivors += [] if found else [fault]
        print(f"{number:3} {'found   ' if found else 'SURVIVED'} {fault.file}:{fault.line} {fault.what}", flush=True)
    for fault in survivors:
        print(f"survived: {fault.file}:{fault.line} {fault.what}")
    print(f"{asked.count - len(survivors)} of {asked.count} found")
    return int(len(survivors) * 20 > asked.count)


if __name__ == "__main__":
    sys.exit(main())
