"""What every test can have: a fresh store on a real file, and hypothesis without a clock or chance of its own."""

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

import seeds
from stores import Store, new_store

settings.register_profile(
    "care", deadline=None, derandomize=True, database=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
settings.load_profile("care")

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
