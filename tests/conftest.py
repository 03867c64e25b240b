"""What every test can have: a fresh store on a real file, and hypothesis without a clock or chance of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from stores import Store, new_store

settings.register_profile(
    "care", deadline=None, derandomize=True, database=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
settings.load_profile("care")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A fresh store of Fjord Books in Norway, where Ann calls, with the key of ``stores.KEY``."""
    made = new_store(tmp_path / "care.db")
    yield made
    made.close()
