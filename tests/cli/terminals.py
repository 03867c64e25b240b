"""Runs on a pseudo-terminal, read and typed to as a person does: nothing is typed before the program reads."""

import fcntl
import os
import pty
import signal
import struct
import subprocess
import sys
import termios
import time
from contextlib import suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import pexpect
from forking import Forked, server
from pexpect.fdpexpect import fdspawn

if TYPE_CHECKING:
    from running import Care

PATIENCE = 30
"""Seconds after which what is waited for will not come."""

GLANCE = 0.005


class Terminal:
    """A run on a terminal of so many lines and columns: what is expected of it, and what is typed."""

    def __init__(
        self,
        words: tuple[str, ...],
        env: dict[str, str],
        folder: Path,
        size: tuple[int, int],
        stdout: IO[Any] | None = None,
        *,
        fresh: bool = False,
    ) -> None:
        self.code: int | None = None
        self.seen = ""
        master, slave = pty.openpty()
        self.child = fdspawn(master, encoding="utf-8", timeout=PATIENCE)
        self.child.logfile_read = self
        self.resize(*size)
        start = _fresh if fresh else _forked
        self.process = start(words, env, folder, (slave, stdout.fileno() if stdout else slave, slave))
        os.close(slave)

    def write(self, text: str) -> None:
        """Keeps what was shown."""
        self.seen += text

    def flush(self) -> None:
        """Nothing waits to be shown."""

    def __enter__(self) -> "Terminal":
        return self

    def __exit__(self, *error: object) -> None:
        self.process.kill()
        self.process.wait()
        self.child.close()

    def resize(self, height: int, width: int) -> None:
        """Gives the terminal another size."""
        fcntl.ioctl(self.child.child_fd, termios.TIOCSWINSZ, struct.pack("HHHH", height, width, 0, 0))

    def until(self, words: str) -> str:
        """What was written before these words appeared."""
        self.child.expect_exact(words)
        return str(self.child.before)

    def type(self, line: str) -> None:
        """Types a line and Enter."""
        self.key(line + "\r")

    def key(self, key: str) -> None:
        """Presses one key, or pastes many, once the program reads."""
        until = time.monotonic() + PATIENCE
        while not self._reads():
            assert time.monotonic() < until, self.seen
            self.child.expect(pexpect.TIMEOUT, timeout=GLANCE)
        self.child.send(key)

    def _reads(self) -> bool:
        """Whether the program has taken the terminal to read from it, and sleeps until something is typed."""
        takes_lines = termios.tcgetattr(self.child.child_fd)[3] & termios.ICANON
        return not takes_lines and _sleeps(self.process.pid)

    def kill(self, number: int = signal.SIGKILL) -> None:
        """Ends the run from outside, unless it has just come to its own end."""
        self.process.send_signal(number)

    def ended(self) -> int:
        """How the run ended: its exit code, or minus the signal."""
        self.child.expect(pexpect.EOF)
        self.code = self.process.wait(PATIENCE)
        assert "Traceback" not in self.seen, self.seen
        return self.code

    def to_the_end(self, code: int = 0) -> str:
        """All that was written by the time the run ended with that code."""
        assert self.ended() == code, (self.code, self.seen)
        return self.seen.replace("\r\n", "\n")


class Window:
    """A window in which one command after another runs, as in a shell."""

    def __init__(self, care: "Care") -> None:
        self.care = care
        self.terminal: Terminal | None = None

    def __enter__(self) -> "Window":
        return self

    def __exit__(self, *error: object) -> None:
        if self.terminal is not None:
            self.terminal.__exit__(*error)

    def run(self, *words: str) -> None:
        """Starts a command."""
        self.__exit__()
        self.terminal = self.care.terminal(*words, env={"TERM": "dumb"})

    @property
    def running(self) -> Terminal:
        """The run on the terminal now."""
        assert self.terminal is not None
        return self.terminal

    def until(self, *words: str) -> int:
        """Which of these appeared first."""
        return int(self.running.child.expect_exact(list(words)))

    def send(self, keys: str) -> None:
        """Types."""
        self.running.key(keys)

    def kill(self, number: int = signal.SIGKILL) -> None:
        """Ends the command from outside, unless it has just come to its own end."""
        self.running.kill(number)

    def ended(self) -> int:
        """How the command ended: its exit code, or minus the signal."""
        return self.running.ended()


def _forked(words: tuple[str, ...], env: dict[str, str], folder: Path, streams: tuple[int, int, int]) -> Forked:
    return server().run(words, env, folder, dict(enumerate(streams)), terminal=True)


def _fresh(words: tuple[str, ...], env: dict[str, str], folder: Path, streams: tuple[int, int, int]) -> Any:
    return subprocess.Popen(
        [sys.executable, "-m", "care", *words], cwd=folder, env=env,
        **dict(zip(("stdin", "stdout", "stderr"), streams, strict=True)),
        start_new_session=True, preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
    )  # fmt: skip


def _sleeps(pid: int) -> bool:
    """Whether the process waits for something, where the system tells; else it is taken to."""
    with suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "S"
    return True
