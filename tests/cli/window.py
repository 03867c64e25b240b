"""A window in which one command after another runs, as in a shell, without starting Python anew for each.

Run as a script it is the shell: it reads a command, runs it in a child of its own on the same terminal, says which
process that is, and says how it ended. The child does what ``python -m care`` does once everything is imported.
"""

import os
import re
import signal
import sys
from contextlib import suppress
from typing import Any

import pexpect
from running import PATIENCE, Care

RUNS = re.compile(r"RUNS ([0-9]+)\r\n")
ENDED = re.compile(r"ENDED (-?[0-9]+)\r\n")


class Window:
    """The window as a person sees it; every prompt that is waited for is plain text."""

    def __init__(self, care: Care, **env: str) -> None:
        self.seen = ""
        self.pid = 0
        self.child = pexpect.spawn(
            sys.executable, [__file__], env=care.environ(TERM="dumb", **env), cwd=str(care.folder),
            encoding="utf-8", dimensions=(50, 80), timeout=PATIENCE,
        )  # fmt: skip
        self.child.delaybeforesend = None
        self.child.logfile_read = self  # type: ignore[assignment]

    def write(self, text: str) -> None:
        """Keeps what was shown."""
        self.seen += text

    def flush(self) -> None:
        """Nothing waits to be shown."""

    def __enter__(self) -> "Window":
        return self

    def __exit__(self, *error: object) -> None:
        self.child.close(force=True)

    def run(self, *words: str) -> None:
        """Starts a command."""
        self.child.expect_exact("READY")
        self.child.send(" ".join(words) + "\r")
        self.child.expect(RUNS)
        self.pid = int(self.child.match[1])

    def until(self, *words: str) -> int:
        """Which of these appeared first."""
        return int(self.child.expect_exact(list(words)))

    def send(self, keys: str) -> None:
        """Types."""
        self.child.send(keys)

    def kill(self, number: int = signal.SIGKILL) -> None:
        """Ends the command from outside, unless it has just come to its own end."""
        with suppress(ProcessLookupError):
            os.kill(self.pid, number)

    def ended(self) -> int:
        """How the command ended: its exit code, or minus the signal."""
        self.child.expect(ENDED)
        return int(self.child.match[1])


def _shell() -> None:
    import termios
    import warnings

    from care.__main__ import main
    from care.cli.input import interview, notes  # noqa: F401
    from care.db import engine  # noqa: F401
    from care.interviews import asked as actions  # noqa: F401
    from care.views import talks  # noqa: F401

    warnings.simplefilter("ignore")
    modes: Any = termios.tcgetattr(0)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    while True:
        termios.tcsetattr(0, termios.TCSAFLUSH, modes)
        sys.stdout.write("READY\n")
        sys.stdout.flush()
        words = os.read(0, 1000).decode().split()  # past sys.stdin, which is as nobody has read from it
        child = os.fork()
        if not child:
            signal.signal(signal.SIGINT, signal.default_int_handler)
            signal.signal(signal.SIGHUP, signal.SIG_DFL)
            sys.argv = ["care", *words]
            sys.stdout.write(f"RUNS {os.getpid()}\n")
            sys.stdout.flush()
            code: Any = 1
            try:
                main()
                code = 0
            except SystemExit as ending:
                code = ending.code
            finally:
                sys.stdout.flush()
                os._exit(code or 0)
        _, status = os.waitpid(child, 0)
        code = -os.WTERMSIG(status) if os.WIFSIGNALED(status) else os.WEXITSTATUS(status)
        sys.stdout.write(f"\nENDED {code}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    _shell()
