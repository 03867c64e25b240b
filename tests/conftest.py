"""What every test can have: a fresh store on a real file, and hypothesis without a clock or chance of its own."""

import os
import shutil
import signal
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.internal.conjecture import providers

import record_types
import seeds
from stores import Store, new_store

record_types.hold()

settings.register_profile(
    "care", deadline=None, derandomize=True, database=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
settings.load_profile("care")

assert callable(providers._get_local_constants), "hypothesis has another way of collecting constants"
providers._get_local_constants = lambda: providers._local_constants
"""None are collected from our modules: which are loaded, and so the examples, would hang on what ran before."""

MEMORY = Path("/dev/shm")
if os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > 4 << 30:
    # Every commit waits for the disk, thousands of times, and no test is about a machine that loses its power.
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))
    tempfile.tempdir = str(MEMORY)

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # Begun in the background, where Ctrl-C is no matter. What is begun here would inherit that, and be tested for it.
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_configure() -> None:
    """Makes the seed of fresh keys before there is a second process that could make another."""
    seeds.settle()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Says with which fresh keys the simulations ran, so that they can run with them again."""
    seed = seeds.settle()
    if seed:
        terminalreporter.write_line(f"The simulations ran with fresh keys; again with {seeds.VARIABLE}={seed}")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A fresh store of Fjord Books in Norway, where Ann calls, with the key of ``stores.KEY``."""
    made = new_store(tmp_path / "care.db")
    yield made
    made.close()
