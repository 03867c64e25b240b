"""The rules of the house, checked: style, types, which room may import which, and what a reader can rely on.

Each check says what it found, where, and what to do. The last tests plant a breach of every rule and see it found.
"""

import ast
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FOLDERS = [name for name in ("src", "tests", "examples") if (ROOT / name).is_dir()]

MOST_LINES = 400
MOST_IN_A_FUNCTION = 60
MOST_OF_ONE_NAME = 14
READ_BY_PEOPLE = {".py", ".html", ".j2", ".css", ".md", ".toml"}
EMPTY_NAMES = {
    "util", "utils", "helper", "helpers", "manager", "managers", "service", "services", "action", "actions", "common",
}  # fmt: skip
ROWS = {"row", "rows"}
RAW_SQL_ROOMS = ("db/full_text.py", "db/triggers.py", "db/schema.py", "db/sqlite.py", "db/migrations/")
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


def long_functions(care: Path) -> Iterator[str]:
    """Functions too long to be understood in one go."""
    for name, tree in modules(care):
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                if lines > MOST_IN_A_FUNCTION:
                    yield f"{name}:{node.lineno} {node.name} has {lines} lines"


def lonely_modules(care: Path) -> Iterator[str]:
    """Folders that hold one module: a stranger opens them for nothing."""
    for folder in sorted(path for path in care.rglob("*") if path.is_dir() and path.name != "__pycache__"):
        inside = [path for path in folder.glob("*.py") if path.name != "__init__.py"]
        below = [path for path in folder.iterdir() if path.is_dir() and any(path.glob("*.py"))]
        if len(inside) + len(below) == 1:
            yield folder.relative_to(care).as_posix()


def common_names(care: Path) -> Iterator[str]:
    """Names that so many files have that they say nothing."""
    names = Counter(path.name for path in care.rglob("*.py") if path.name != "__init__.py")
    for name, count in sorted(names.items()):
        if count > MOST_OF_ONE_NAME:
            yield f"{count} files are called {name}"


def names_for_two(care: Path) -> Iterator[str]:
    """Public classes of one name in several modules."""
    places: dict[str, list[str]] = {}
    for name, tree in modules(care):
        for node in tree.body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                places.setdefault(node.name, []).append(name)
    for name, where in sorted(places.items()):
        if len(where) > 1:
            yield f"{name}: {', '.join(where)}"


def rows_without_types(care: Path) -> Iterator[str]:
    """Rows that are Any outside ``db``: arguments and variables, and what a function that has a session returns."""
    for name, tree in modules(care):
        if name.startswith("db/"):
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.arg) and node.arg in ROWS and node.annotation and _holds_any(node.annotation):
                yield f"{name}:{node.lineno} {node.arg}: {ast.unparse(node.annotation)}"
            if isinstance(node, ast.AnnAssign) and _is_row(node.target) and _holds_any(node.annotation):
                yield f"{name}:{node.lineno} {ast.unparse(node.target)}: {ast.unparse(node.annotation)}"
            if isinstance(node, ast.FunctionDef) and _has_session(node) and node.returns and _gives_any(node.returns):
                yield f"{name}:{node.lineno} {node.name} -> {ast.unparse(node.returns)}"


def ceremony(care: Path) -> Iterator[str]:
    """Docstrings that say which layer a module is in, and not what it does."""
    for name, tree in modules(care):
        if "meets the store" in (ast.get_docstring(tree) or ""):
            yield name


def pure_and_not(care: Path) -> Iterator[str]:
    """Modules outside ``db`` that speak SQL although none of their functions takes a session."""
    for name, tree in modules(care):
        if name.startswith("db/"):
            continue
        speaks = any(isinstance(node, ast.ImportFrom) and _is_sql(node.module or "") for node in tree.body)
        functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
        if speaks and not any(_has_session(node) for node in functions):
            yield name


def _is_row(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id in ROWS


def _holds_any(node: ast.expr) -> bool:
    return any(isinstance(inner, ast.Name) and inner.id == "Any" for inner in ast.walk(node))


def _gives_any(node: ast.expr) -> bool:
    """Whether rows without a type are in it; the values of settings, images and facts may be of any kind."""
    plain = ast.unparse(node).replace("dict[str, Any]", "").replace("Mapping[str, Any]", "").replace("Select[Any]", "")
    return re.search(r"\bAny\b", plain) is not None


def _has_session(node: ast.FunctionDef) -> bool:
    return any(argument.arg == "session" for argument in [*node.args.args, *node.args.kwonlyargs])


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
    (
        undocumented,
        "What is public has a docstring: what it returns, units, zones, bounds, errors. Or begin it with _.",
    ),
    (empty_names, "A name says what is inside. Name these after the noun they are about."),
    (raw_sql, "text() of SQLAlchemy stays in db. Use Core columns here."),
    (ceremony, "A module's docstring says what it does."),
    (long_files, f"No file has more than {MOST_LINES} lines. Give one of the things in it a file of its own."),
    (long_functions, f"No function has more than {MOST_IN_A_FUNCTION} lines. Name a part of what it does."),
    (lonely_modules, "A folder has more than one module. Put this one into the folder above."),
    (common_names, f"No more than {MOST_OF_ONE_NAME} files have one name. Name this one by what it is about."),
    (names_for_two, "A public class has a name of its own. Say in its name which of the two it is."),
    (rows_without_types, "A row has a type: fetch(session, Record, select) of db/fetch.py returns it as a record."),
    (pure_and_not, "A module takes a Session or is pure. Move the select to what asks it."),
]


@pytest.mark.parametrize(("check", "todo"), RULES, ids=[check.__name__ for check, _ in RULES])
def test_the_house_is_in_order(check: Check, todo: str) -> None:
    found = list(check(ROOT / "src" / "care"))
    if found:
        pytest.fail("\n  ".join([todo, *found]), pytrace=False)


PLANTED = [
    (long_files, "calls/draw.py", "x = 1\n" * 401, ["calls/draw.py has 401 lines"]),
    (long_files, "calls/draw.py", "x = 1\n" * 400, []),
    (long_files, "views/templates/page.html", "<p>\n" * 401, ["views/templates/page.html has 401 lines"]),
    (empty_names, "calls/utils.py", "", ["calls/utils.py"]),
    (empty_names, "service/draw.py", "", ["service"]),
    (empty_names, "calls/draw.py", "", []),
    (raw_sql, "calls/queries.py", "from sqlalchemy import select, text", ["calls/queries.py:1 imports text"]),
    (raw_sql, "calls/queries.py", "from sqlalchemy.sql import text as t", ["calls/queries.py:1 imports text"]),
    (raw_sql, "db/tables/call.py", "import sqlalchemy as sa\nsa.text('x')", ["db/tables/call.py:2 uses sa.text"]),
    (
        raw_sql,
        "db/tables/call.py",
        "import sqlalchemy.sql\nsqlalchemy.sql.text('x')",
        ["db/tables/call.py:2 uses sqlalchemy.sql.text"],
    ),
    (raw_sql, "db/full_text.py", "from sqlalchemy import text", []),
    (raw_sql, "db/migrations/versions/r2.py", "from sqlalchemy import text", []),
    (raw_sql, "calls/queries.py", "from care import text\ntext.fold('x')\nrow.text", []),
    (undocumented, "a.py", "def rule():\n    return 1", ["a.py:1 rule"]),
    (undocumented, "a.py", "class Call:\n    '''One.'''\n    def state(self): ...", ["a.py:3 Call.state"]),
    (undocumented, "a.py", "class Call: ...", ["a.py:1 Call"]),
    (undocumented, "a.py", "def _rule(): ...\nclass _Call:\n    def state(self): ...", []),
    (undocumented, "a.py", "class Call:\n    '''One.'''\n    def __str__(self): ...", []),
    (long_functions, "a.py", "def rule():\n" + "    x = 1\n" * 60, ["a.py:1 rule has 61 lines"]),
    (long_functions, "a.py", "def rule():\n" + "    x = 1\n" * 59, []),
    (lonely_modules, "calls/draw/take.py", "", ["calls", "calls/draw"]),
    (rows_without_types, "a.py", "def rule(row: Any) -> int: ...", ["a.py:1 row: Any"]),
    (rows_without_types, "a.py", "rows: list[Any] = []", ["a.py:1 rows: list[Any]"]),
    (rows_without_types, "a.py", "def ask(session) -> Any | None: ...", ["a.py:1 ask -> Any | None"]),
    (rows_without_types, "a.py", "def ask(session) -> dict[str, Any]: ...", []),
    (rows_without_types, "a.py", "def ask(session) -> dict[int, Any]: ...", ["a.py:1 ask -> dict[int, Any]"]),
    (rows_without_types, "db/a.py", "def ask(session) -> Any: ...", []),
    (ceremony, "a.py", "'''Where calls meets the store.'''", ["a.py"]),
    (pure_and_not, "a.py", "from sqlalchemy import select\ndef rule(): ...", ["a.py"]),
    (pure_and_not, "a.py", "from sqlalchemy import select\ndef ask(session): ...", []),
]


@pytest.mark.parametrize(("check", "name", "source", "found"), PLANTED)
def test_a_planted_breach_is_found(check: Check, name: str, source: str, found: list[str], tmp_path: Path) -> None:
    planted = tmp_path / name
    planted.parent.mkdir(parents=True, exist_ok=True)
    planted.write_text(source, encoding="utf-8")
    assert list(check(tmp_path)) == found


def test_a_name_for_two_things_is_found(tmp_path: Path) -> None:
    for name in ("a.py", "b.py"):
        (tmp_path / name).write_text("class Call: ...\nclass _Call: ...\n")
    assert list(names_for_two(tmp_path)) == ["Call: a.py, b.py"]


def test_a_name_too_common_is_found(tmp_path: Path) -> None:
    for number in range(15):
        (tmp_path / str(number)).mkdir()
        (tmp_path / str(number) / "records.py").touch()
    assert list(common_names(tmp_path)) == ["15 files are called records.py"]


def test_every_contract_about_imports_can_be_broken(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "src", tmp_path / "src", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    care = tmp_path / "src" / "care"
    (care / "customers" / "planted.py").write_text(
        "import jinja2, rich, typer\ndef late():\n    from care.cli import planted\n", encoding="utf-8"
    )
    (care / "cli" / "planted.py").write_text(
        "import sqlalchemy\nfrom care.customers import planted\nfrom care.db import engine\n", encoding="utf-8"
    )
    (care / "verify" / "planted.py").write_text("from care.text import fold\n", encoding="utf-8")
    said = run(LINT_IMPORTS, tmp_path).stdout
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    assert [contract["name"] for contract in contracts if f"{contract['name']} BROKEN" not in said] == [], said
