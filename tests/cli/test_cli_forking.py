"""Forked runs are like runs in processes of their own, and their server does not outlive whoever began it."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from running import Care, ended

BEGUN = "import sys; sys.path.insert(0, {!r}); import forking; print(forking.server().process.pid, flush=True); input()"


def test_the_server_ends_with_whoever_began_it_even_when_that_is_killed() -> None:
    code = BEGUN.format(str(Path(__file__).parent))
    owner = subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert owner.stdout is not None
    server = int(owner.stdout.readline())
    os.kill(server, 0)
    owner.kill()
    owner.communicate()
    until = time.monotonic() + 30
    while Path(f"/proc/{server}/fd").exists() and _alive(server):
        assert time.monotonic() < until
        time.sleep(0.05)


def _alive(pid: int) -> bool:
    try:
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return False


@pytest.mark.parametrize("words", [("--version",), ("plan", "--json"), ("customers",), ("pln",), ("brief", "zed")])
def test_forked_and_fresh_say_the_same(talked: Care, words: tuple[str, ...]) -> None:
    assert talked(*words) == talked(*words, fresh=True)


def test_a_forked_run_is_killed_like_any_other(filled: Care) -> None:
    with filled.terminal("log", "mia") as terminal:
        terminal.until("rong number")
        assert terminal.process.poll() is None
        terminal.kill(signal.SIGTERM)
        assert terminal.process.wait() == -signal.SIGTERM
    assert ended(filled.start("--version")).out.startswith("care ")
