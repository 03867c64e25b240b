"""The rules of the house, checked: style, types, which room may import which, and what a reader can rely on.

Each check says what it found, where, and what to do. The last tests plant a breach of every rule and see it found.
"""

import ast
import os
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FOLDERS = [name for name in ("src", "tests", "examples") if (ROOT / name).is_dir()]

MOST_LINES = 300
READ_BY_PEOPLE = {".py", ".html", ".j2", ".css", ".md", ".toml"}
EMPTY_NAMES = {"util", "utils", "helper", "helpers", "manager", "managers", "service", "services"}
RAW_SQL_ROOMS = ("store/search.py", "store/schema.py", "store/migrations/")
LINT_IMPORTS = [
    "-c",
    "from importlinter.cli import lint_imports_command; lint_imports_command()",
    "--no-cache",
    "--no-logo",
]

Check = Callable[[Path], Iterator[str]]


def run(arguments: list[str], folder: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """This Python with those arguments in a checkout, whose own ``src`` comes before any care that is installed."""
    paths = [str(folder / "src"), *filter(None, [os.environ.get("PYTHONPATH")])]
    environ = os.environ | {"PYTHONPATH": os.pathsep.join(paths), "NO_COLOR": "1", "COLUMNS": "160"}
    return subprocess.run([sys.executable, *arguments], cwd=folder, env=environ, capture_output=True, text=True)


def must_pass(arguments: list[str], todo: str) -> None:
    done = run(arguments)
    if done.returncode:
        pytest.fail(f"{todo}\n\n{done.stdout}{done.stderr}", pytrace=False)


def test_ruff_finds_nothing() -> None:
    must_pass(["-m", "ruff", "check", *FOLDERS], "Ruff objects. Many of these are repaired by: ruff check --fix")


def test_the_code_is_formatted() -> None:
    must_pass(["-m", "ruff", "format", "--check", *FOLDERS], "Some files are not formatted. Run: ruff format")


def test_the_types_fit() -> None:
    must_pass(["-m", "mypy"], "The strict type check fails. To see it alone, run: mypy")


def test_imports_point_down() -> None:
    must_pass(
        LINT_IMPORTS,
        "A file imports what its room may not. The contracts are in pyproject.toml under tool.importlinter;\n"
        "each says what to do instead. To see them alone, run: lint-imports",
    )


def modules(care: Path) -> Iterator[tuple[str, ast.Module]]:
    """Every module below the folder with its path inside it and its syntax tree."""
    for path in sorted(care.rglob("*.py")):
        yield path.relative_to(care).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def long_files(care: Path) -> Iterator[str]:
    """Files too long to be read in one go. SQL is left out: a revision is frozen, the schema is made."""
    for path in sorted(path for path in care.rglob("*") if path.suffix in READ_BY_PEOPLE):
        lines = len(path.read_text(encoding="utf-8").splitlines())
        if lines > MOST_LINES:
            yield f"{path.relative_to(care).as_posix()} has {lines} lines"


def empty_names(care: Path) -> Iterator[str]:
    """Files and folders whose name does not say what they are about."""
    for path in sorted(care.rglob("*")):
        if path.stem in EMPTY_NAMES:
            yield path.relative_to(care).as_posix()


def raw_sql(care: Path) -> Iterator[str]:
    """Uses of SQLAlchemy's ``text()`` outside the rooms that may write SQL by hand."""
    for name, tree in modules(care):
        if name.startswith(RAW_SQL_ROOMS):
            continue
        nodes = list(ast.walk(tree))
        wholes = {"sqlalchemy", "sqlmodel"}
        for node in nodes:
            if isinstance(node, ast.Import):
                wholes |= {alias.asname for alias in node.names if alias.asname and _is_sql(alias.name)}
        for node in nodes:
            if isinstance(node, ast.ImportFrom) and _is_sql(node.module or "") and "text" in _names(node):
                yield f"{name}:{node.lineno} imports text"
            if isinstance(node, ast.Attribute) and node.attr == "text" and _first(node) in wholes:
                yield f"{name}:{node.lineno} uses {ast.unparse(node)}"


def undocumented(care: Path) -> Iterator[str]:
    """Public functions, classes and methods without a docstring; special methods and setters need none."""
    for name, tree in modules(care):
        for node, owner in _public(tree.body):
            if ast.get_docstring(node) is None:
                yield f"{name}:{node.lineno} {owner}{node.name}"


def _is_sql(module: str) -> bool:
    return module.split(".")[0] in ("sqlalchemy", "sqlmodel")


def _names(node: ast.ImportFrom) -> set[str]:
    return {alias.name for alias in node.names}


def _first(node: ast.Attribute) -> str:
    return ast.unparse(node).split(".")[0]


Documented = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def _public(body: list[ast.stmt], owner: str = "") -> Iterator[tuple[Documented, str]]:
    for node in body:
        if not isinstance(node, Documented) or node.name.startswith("_"):
            continue
        if any(ast.unparse(decorator).endswith((".setter", "overload")) for decorator in node.decorator_list):
            continue
        yield node, owner
        if isinstance(node, ast.ClassDef):
            yield from _public(node.body, f"{owner}{node.name}.")


RULES: list[tuple[Check, str]] = [
    (long_files, f"No file has more than {MOST_LINES} lines. Give one of the things in it a file of its own."),
    (empty_names, "A name says what is inside. Name these after the noun they are about."),
    (raw_sql, "text() of SQLAlchemy stays in store/search.py, store/schema.py and migrations. Use Core columns here."),
    (
        undocumented,
        "What is public has a docstring: what it returns, units, zones, bounds, errors. Or begin it with _.",
    ),
]


@pytest.mark.parametrize(("check", "todo"), RULES, ids=[check.__name__ for check, _ in RULES])
def test_the_house_is_in_order(check: Check, todo: str) -> None:
    found = list(check(ROOT / "src" / "care"))
    if found:
        pytest.fail("\n  ".join([todo, *found]), pytrace=False)


PLANTED = [
    (long_files, "calls/draw.py", "x = 1\n" * 301, ["calls/draw.py has 301 lines"]),
    (long_files, "calls/draw.py", "x = 1\n" * 300, []),
    (long_files, "views/templates/page.html", "<p>\n" * 301, ["views/templates/page.html has 301 lines"]),
    (empty_names, "calls/utils.py", "", ["calls/utils.py"]),
    (empty_names, "service/draw.py", "", ["service"]),
    (empty_names, "calls/draw.py", "", []),
    (raw_sql, "store/calls.py", "from sqlalchemy import select, text", ["store/calls.py:1 imports text"]),
    (raw_sql, "store/calls.py", "from sqlalchemy.sql import text as t", ["store/calls.py:1 imports text"]),
    (raw_sql, "model/call.py", "import sqlalchemy as sa\nsa.text('x')", ["model/call.py:2 uses sa.text"]),
    (
        raw_sql,
        "model/call.py",
        "import sqlalchemy.sql\nsqlalchemy.sql.text('x')",
        ["model/call.py:2 uses sqlalchemy.sql.text"],
    ),
    (raw_sql, "store/search.py", "from sqlalchemy import text", []),
    (raw_sql, "store/migrations/versions/r2.py", "from sqlalchemy import text", []),
    (raw_sql, "store/calls.py", "from care import text\ntext.fold('x')\nrow.text", []),
    (undocumented, "a.py", "def rule():\n    return 1", ["a.py:1 rule"]),
    (undocumented, "a.py", "class Call:\n    '''One.'''\n    def state(self): ...", ["a.py:3 Call.state"]),
    (undocumented, "a.py", "class Call: ...", ["a.py:1 Call"]),
    (undocumented, "a.py", "def _rule(): ...\nclass _Call:\n    def state(self): ...", []),
    (undocumented, "a.py", "class Call:\n    '''One.'''\n    def __str__(self): ...", []),
]


@pytest.mark.parametrize(("check", "name", "source", "found"), PLANTED)
def test_a_planted_breach_is_found(check: Check, name: str, source: str, found: list[str], tmp_path: Path) -> None:
    planted = tmp_path / name
    planted.parent.mkdir(parents=True, exist_ok=True)
    planted.write_text(source, encoding="utf-8")
    assert list(check(tmp_path)) == found


def test_every_contract_about_imports_can_be_broken(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "src", tmp_path / "src", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    care = tmp_path / "src" / "care"
    (care / "customers" / "planted.py").write_text(
        "import jinja2, rich, sqlalchemy, typer\nfrom care.model import base\nfrom care.store import engine\n"
        "def late():\n    from care.cli import planted\n",
        encoding="utf-8",
    )
    (care / "cli" / "planted.py").write_text("from care.customers import planted\n", encoding="utf-8")
    said = run(LINT_IMPORTS, tmp_path).stdout
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    assert [contract["name"] for contract in contracts if f"{contract['name']} BROKEN" not in said] == [], said
