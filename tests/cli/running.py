"""Running the real program as a person or a script does, and reading what it left behind."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO, Any, NamedTuple

from forking import LOCALE, SOURCE, server
from rich.cells import cell_len
from terminals import Terminal

MONDAY = "2026-11-23T09:00:00+01:00"  # week 48
NEXT_MONDAY = "2026-11-30T09:00:00+01:00"
PEOPLE = [
    "Name,Company,Email,Phone,Birthday,Segment",
    "Kari Nordmann,Fjord AS,kari@fjord.example,+47 22 12 34 56,1980-11-26,Gold",
    "Ola Hansen,,ola@home.example,+47 911 23 456,,",
    "Anna Lindqvist,Sjö AB,anna@sjo.example,+46 8 123 456 78,,Gold",
    "Ravi Kumar,Chai Ltd,ravi@chai.example,+91 98765 01234,,",
    "Mia Berg,,mia@home.example,+47 922 33 444,,",
    "Per Lund,Bok AS,per@bok.example,+47 933 44 555,,Gold",
    "Eva Moe,,eva@home.example,+47 944 55 666,,",
    "Jon Dahl,Dahl & Co,jon@dahl.example,+47 955 66 777,,",
    "Siri Aas,,siri@home.example,+47 966 77 888,,",
    "Tor Eide,,tor@home.example,+47 977 88 999,,",
    "Liv Haug,,liv@home.example,+47 988 99 000,,",
    "Nils Vik,,nils@home.example,,,",
]
"""Twelve people; the last has no phone. The first import numbers them from 1, in this order."""

CODES = {0, 2, 3, 4, 5, 6, 130}

SGR = re.compile(r"\x1b\[[0-9;]*m")
NOTHING_HIDDEN = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]"
)
OURS = ("CARE_", "PYTHON", "COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR", "CLICOLOR", "LC_", "LANG", "TERM")


class Done(NamedTuple):
    """What one run came to."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one JSON object on stdout."""
        found = json.loads(self.out)
        assert isinstance(found, dict)
        return found

    def refused(self, code: int, *words: str) -> str:
        """The one line of a refusal, which ended with that code and said nothing on stdout."""
        assert (self.code, self.out) == (code, ""), self
        lines = self.err.splitlines()
        assert len(lines) == 1, self.err
        assert lines[0].startswith("care: "), self.err
        for word in words:
            assert word in lines[0], (word, lines[0])
        return lines[0]


class Care:
    """The program with a store and a ``care.toml`` of its own in one folder."""

    def __init__(self, folder: Path, now: str = MONDAY) -> None:
        self.folder = folder
        self.store = folder / "care.db"
        self.config = folder / "care.toml"
        self.now = now

    def environ(self, **more: str | None) -> dict[str, str]:
        """A plain environment that knows nothing of the person who runs the tests."""
        plain = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
        plain |= {"PYTHONPATH": str(SOURCE), "LANG": LOCALE, "HOME": str(self.folder), "USER": "ann", "TZ": "UTC"}
        plain |= {f"XDG_{name}_HOME": str(self.folder / name.lower()) for name in ("DATA", "CONFIG", "CACHE", "STATE")}
        plain |= {"CARE_STORE": str(self.store), "CARE_CONFIG": str(self.config), "CARE_NOW": self.now}
        said: Mapping[str, str | None] = plain | more
        return {name: value for name, value in said.items() if value is not None}

    def start(
        self,
        *words: str | bytes,
        env: Mapping[str, str | None] | None = None,
        fresh: bool = False,
        closed: Sequence[int] = (),
        **streams: Any,
    ) -> Any:
        """A run that nobody waits for yet, without those of the three streams that are closed.

        It is forked; in a new process only where that is said, or where the environment asks for another Python.
        """
        told = self.environ(**(env or {}))
        given = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE} | streams
        if fresh or another_python(told):
            assert not closed
            return subprocess.Popen([sys.executable, "-m", "care", *words], cwd=self.folder, env=told, **given)
        return server().start(words, told, self.folder, given, closed)

    def __call__(
        self, *words: str | bytes, now: str | None = None, env: Mapping[str, str | None] | None = None, **more: Any
    ) -> Done:
        """One run off a terminal, to its end; no traceback and no unforeseen exit code is ever right."""
        return ended(self.start(*words, env={**(env or {}), **({"CARE_NOW": now} if now else {})}, **more))

    def ok(self, *words: str | bytes, **more: Any) -> Done:
        """One run that must succeed."""
        done = self(*words, **more)
        assert done.code == 0, done
        return done

    def terminal(
        self,
        *words: str,
        width: int = 80,
        height: int = 50,
        env: Mapping[str, str | None] | None = None,
        now: str | None = None,
        stdout: IO[Any] | None = None,
    ) -> Terminal:
        """One run on a terminal of that size; stdout is the terminal too, or a file."""
        told = self.environ(**{"TERM": "xterm-256color", **(env or {}), **({"CARE_NOW": now} if now else {})})
        return Terminal(words, told, self.folder, (height, width), stdout, fresh=another_python(told))

    def shown(self, *words: str, width: int = 80, env: Mapping[str, str | None] | None = None) -> str:
        """All that a command that asks nothing writes on a terminal."""
        with self.terminal(*words, width=width, env=env) as terminal:
            return terminal.to_the_end()


def another_python(env: Mapping[str, str]) -> bool:
    """Whether Python itself would start otherwise in this environment than it usually does here."""
    usual = {"PYTHONPATH": str(SOURCE), "LANG": LOCALE}
    return usual != {name: value for name, value in env.items() if name.startswith(("PYTHON", "LC_", "LANG"))}


def ended(process: Any) -> Done:
    """What a started run came to."""
    out, err = (None if part is None else part.decode() for part in process.communicate(timeout=60))
    done = Done(process.returncode, out or "", err or "")
    assert "Traceback" not in done.err + done.out, done.err
    assert "Exception ignored" not in done.err, done.err
    assert done.code in CODES, done
    return done


_LISTING = """
import json, runpy, sys
for words in json.loads(sys.argv[1]):
    sys.argv = ["care", *words]
    try:
        runpy.run_module("care", run_name="__main__")
    except SystemExit as ending:
        assert not ending.code, (words, ending.code)
sys.stderr.write("\\n".join(sys.modules))
"""


def imported(care: Care, *commands: Sequence[str], **env: str | None) -> set[str]:
    """The packages that are loaded once these commands have run in one new process, where nothing was before."""
    done = subprocess.run(
        [sys.executable, "-c", _LISTING, json.dumps(commands)],
        cwd=care.folder, env=care.environ(**env), capture_output=True, text=True, check=True,
    )  # fmt: skip
    return {name.partition(".")[0] for name in done.stderr.splitlines()}


def bare(text: str) -> str:
    """The text without the colours that are ours to set."""
    return SGR.sub("", text)


def too_wide(text: str, width: int) -> list[str]:
    """The lines that take more cells than the terminal has."""
    return [line for line in bare(text).splitlines() if cell_len(line) > width]


def write_csv(path: Path, rows: Iterator[str] | list[str], encoding: str = "utf-8") -> Path:
    """A file with these lines."""
    path.write_text("\n".join(rows) + "\n", encoding, newline="")
    return path


def copy_store(source: Path, target: Path) -> None:
    """A store nobody has open, with what lies beside it."""
    for name in ("care.db", "care.toml"):
        if (source / name).exists():
            shutil.copy2(source / name, target / name)


def opened(path: str, mode: str = "wb") -> IO[Any]:
    """A device to write to."""
    return Path(path).open(mode)
