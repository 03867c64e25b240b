"""Measures speed and memory as ratios, both sides in one interleaved run: ``python tests/bench/bench.py [NAME...]``.

Needs the ``bench`` extra. Absolute times wander from machine to machine and hour to hour; the ratios are what counts.
"""

import compileall
import csv
import os
import random
import resource
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import care
from issues import NOW, fill

CARE = (sys.executable, "-m", "care")
BARE = (sys.executable, "-c", "pass")
IMPORTS = (sys.executable, "-c", "import typer, sqlmodel")
ROUNDS = 9
SMALL, LARGE = 1_000, 1_000_000


def environment(folder: Path) -> dict[str, str]:
    """An environment in which care finds a store of its own in the folder, and compiled files are kept."""
    env = {**os.environ, "CARE_STORE": str(folder / "care.db"), "CARE_CONFIG": str(folder / "care.toml")}
    env.pop("PYTHONDONTWRITEBYTECODE", None)
    return env


def seconds(command: tuple[str, ...], env: dict[str, str]) -> float:
    """How long one run takes on the wall. Raises CalledProcessError when it fails."""
    begun = time.perf_counter()
    subprocess.run(command, env=env, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - begun


def ratio(
    one: tuple[str, ...], other: tuple[str, ...], env: dict[str, str], other_env: dict[str, str] | None = None
) -> str:
    """The median of both, run in turn, and the median of their ratios."""
    seconds(one, env), seconds(other, other_env or env)
    pairs = [(seconds(one, env), seconds(other, other_env or env)) for _ in range(ROUNDS)]
    quotient = statistics.median(first / second for first, second in pairs)
    first, second = (statistics.median(pair[side] for pair in pairs) for side in (0, 1))
    return f"{quotient:6.2f} ×   ({first * 1000:.0f} ms against {second * 1000:.0f} ms)"


def export(path: Path, rows: int) -> None:
    """A CSV export of that many customers with clean numbers."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(("id", "first name", "last name", "company", "email", "phone", "country", "status"))
        for number in range(rows):
            company = f"Company {number % (rows // 3 + 1)}"
            mail, phone = f"p{number}@example.com", f"+4740{number % 1_000_000:06}"
            writer.writerow(
                (number, f"Name{number % 997}", f"Family{number % 7919}", company, mail, phone, "NO", "active")
            )


def store_of(folder: Path, rows: int) -> dict[str, str]:
    """The environment of a new store with that many customers."""
    folder.mkdir(parents=True)
    env = environment(folder)
    init = (*CARE, "init", "--company", "Bench", "--country", "NO", "--timezone", "Europe/Oslo")
    subprocess.run(init, env=env, check=True, capture_output=True)
    export(folder / "customers.csv", rows)
    subprocess.run(
        (*CARE, "customers", "import", str(folder / "customers.csv")), env=env, check=True, capture_output=True
    )
    return env


def start_up(folder: Path) -> None:
    """What needs no store, against a bare interpreter."""
    env = environment(folder)
    for words in (("--version",), ("--help",), ("plan", "--help")):
        print(f"care {' '.join(words):24} / python -c pass                  {ratio((*CARE, *words), BARE, env)}")


def commands(folder: Path) -> None:
    """The weekly commands on 1,000 customers, against the bare imports of the stack."""
    env = store_of(folder / "small", SMALL)
    for words in (("plan",), ("brief",), ("report",), ("owed",), ("issues",), ("log", "-o", "n"), ()):
        print(f"care {' '.join(words):24} / import typer, sqlmodel          {ratio((*CARE, *words), IMPORTS, env)}")


def draw(folder: Path) -> None:
    """The one run of ``care plan`` a week that draws, against the bare imports of the stack."""
    env, pairs = store_of(folder / "drawn", SMALL), []
    for week in range(ROUNDS + 1):
        monday = datetime(2026, 11, 23, 8, tzinfo=UTC) + timedelta(weeks=week)
        pairs.append((seconds((*CARE, "plan"), env | {"CARE_NOW": monday.isoformat()}), seconds(IMPORTS, env)))
    quotient = statistics.median(ours / theirs for ours, theirs in pairs[1:])
    print(f"{'care plan, drawing':29} / import typer, sqlmodel          {quotient:6.2f} ×")


def size(folder: Path) -> None:
    """The same commands on a million customers, against a thousand."""
    small, large = store_of(folder / "thousand", SMALL), store_of(folder / "million", LARGE)
    for words in (("plan",), ("brief",), ("report",), ("owed",), ("issues",), ("customers", "show", "77"), ()):
        measured = ratio((*CARE, *words), (*CARE, *words), large, small)
        print(f"care {' '.join(words):24} at 1,000,000 / at 1,000          {measured}")


def loop(folder: Path) -> None:
    """The lists of what is open and owed with 20,000 open issues and 200,000 told, against 100 and 1,000."""
    small, large = store_of(folder / "few", SMALL), store_of(folder / "many", SMALL)
    fill(Path(small["CARE_STORE"]), 100, 1_000, SMALL)
    fill(Path(large["CARE_STORE"]), 20_000, 200_000, SMALL)
    now = {"CARE_NOW": NOW.isoformat()}
    page = ("--limit", "20")
    for words in (("issues", *page), ("issues", "--mine", *page), ("owed", *page), ("report",), ()):
        measured = ratio((*CARE, *words), (*CARE, *words), large | now, small | now)
        print(f"care {' '.join(words):24} at 20,000 open / at 100          {measured}")


def imports(folder: Path) -> None:
    """An import of 100,000 rows, and the same once more, against ``sqlite-utils upsert``."""
    rows = 100_000
    source = folder / "customers.csv"
    export(source, rows)
    utils = (
        sys.executable,
        "-m",
        "sqlite_utils",
        "upsert",
        str(folder / "u.db"),
        "c",
        str(source),
        "--csv",
        "--pk",
        "id",
    )
    ours, again, theirs = [], [], []
    for number in range(3):
        env = environment(folder / f"import{number}")
        (folder / f"import{number}").mkdir()
        subprocess.run((*CARE, "init", "--country", "NO"), env=env, check=True, capture_output=True)
        ours.append(seconds((*CARE, "customers", "import", str(source)), env))
        (folder / "u.db").unlink(missing_ok=True)
        theirs.append(seconds(utils, env))
        again.append(seconds((*CARE, "customers", "import", str(source)), env))
    for name, mine in (("new", ours), ("unchanged", again)):
        quotient = statistics.median(a / b for a, b in zip(mine, theirs, strict=True))
        print(f"import of {rows:,}, {name:12} / sqlite-utils upsert           {quotient:6.2f} ×   ({min(mine):.2f} s)")


def memory(folder: Path) -> None:
    """Time and peak memory of importing a million rows, against a hundred thousand."""
    took, peak = [], []
    for rows in (100_000, 1_000_000):
        home = folder / str(rows)
        home.mkdir()
        env = environment(home)
        subprocess.run((*CARE, "init", "--country", "NO"), env=env, check=True, capture_output=True)
        export(home / "customers.csv", rows)
        command = (*CARE, "customers", "import", str(home / "customers.csv"))
        begun = time.perf_counter()
        run = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _, status, used = os.wait4(run.pid, 0)
        assert status == 0
        took.append(time.perf_counter() - begun)
        peak.append(used.ru_maxrss)
    print(f"import of 1,000,000 / of 100,000: time {took[1] / took[0]:.2f} ×, peak memory {peak[1] / peak[0]:.2f} ×")


def talked_of(folder: Path, notes: int) -> dict[str, str]:
    """The environment of a store with that many answers, ten a talk and twenty a customer, over three years.

    Every tenth holds ``invoice``, every twentieth ``late``; five hold ``zebra``, and five answer ``word``.
    """
    chance = random.Random(1)
    words = ["".join(chance.choices("bdfgklmnprst", k=2) + chance.choices("aeiou", k=2)) for _ in range(5000)]
    env = store_of(folder, notes // 20)
    with closing(sqlite3.connect(folder / "care.db", isolation_level=None)) as store:
        journal = store.execute("SELECT name, sql FROM sqlite_master WHERE name LIKE 'journal%' AND type = 'trigger'")
        journal = journal.fetchall()
        store.execute("BEGIN")
        for name, _ in journal:
            store.execute(f"DROP TRIGGER {name}")
        for call in range(1, notes // 10 + 1):
            held = datetime(2023, 11, 20, tzinfo=UTC) + timedelta(days=1095 * call / (notes // 10))
            customer, at = 1 + call % (notes // 20), held.strftime("%Y-%m-%d %H:%M:%S.000000")
            store.execute(
                "INSERT INTO call (id, customer_id, week, kind, state, caller, tries, held_at, closed_at, "
                "ics_sequence) VALUES (?, ?, '2026-W01', 'chosen', 'held', 'Ann', 1, ?, ?, 0)",
                (call, customer, at, at),
            )
            for number in range(10 * call, 10 * call + 10):
                said = chance.choices(words, k=12)
                said[0] = "invoice" if chance.random() < 0.1 else said[0]
                said[1] = "late" if chance.random() < 0.05 else said[1]
                said[2] = "zebra" if number % (notes // 5) == 10 else said[2]
                question = 11 if number % (notes // 5) == 11 else 1 + number % 10
                store.execute(
                    "INSERT INTO answer (call_id, customer_id, question_id, wording_id, words, private) "
                    "VALUES (?, ?, ?, ?, ?, 0)",
                    (call, customer, question, question, " ".join(said)),
                )
        for _, made in journal:
            store.execute(made)
        store.execute("COMMIT")
    return env


SEARCHES = (
    ("invoice",), ("zebra",), ("invoice", "late"), ("inv*",), ("invoice", "customer:77"), ("zebra", "customer:77"),
    ("invoice", "question:ease"), ("invoice", "question:word"), ("invoice", "since:2026-11-10"),
    ("invoice", "since:2024-01-01"), ("invoice", "--best"),
)  # fmt: skip
"""Common, rare, two words, a beginning; then what narrows it. ``word`` is hardly ever answered: every hit is seen."""


def search(folder: Path) -> None:
    """Searching a million notes, against ten thousand."""
    small, large = talked_of(folder / "few", 10_000), talked_of(folder / "many", 1_000_000)
    for words in SEARCHES:
        measured = ratio((*CARE, "search", *words), (*CARE, "search", *words), large, small)
        print(f"care search {' '.join(words):27} at 1,000,000 / at 10,000  {measured}")


BENCHES: dict[str, Callable[[Path], None]] = {
    "start_up": start_up, "commands": commands, "draw": draw, "size": size, "loop": loop, "imports": imports,
    "memory": memory, "search": search,
}  # fmt: skip


def run_all(benches: dict[str, Callable[[Path], None]]) -> None:
    """Runs the benches named on the command line, or all."""
    compileall.compile_dir(str(Path(care.__file__).parent), quiet=1)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    for name in sys.argv[1:] or benches:
        folder = Path(tempfile.mkdtemp(prefix="care-bench-"))
        try:
            benches[name](folder)
        finally:
            shutil.rmtree(folder)


if __name__ == "__main__":
    run_all(BENCHES)
