"""Stores that many tests begin with, made once in a whole run of the tests and copied for each."""

import fcntl
import inspect
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from running import Care, copy_store


def once(factory: pytest.TempPathFactory, name: str, fill: Callable[[Care], object]) -> Path:
    """The folder of that name, filled by whichever process of these tests needs it first."""
    root = factory.getbasetemp()
    root = root.parent if "PYTEST_XDIST_WORKER" in os.environ else root
    with (root / f"{name}.lock").open("a+") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        lock.seek(0)
        if not lock.read():
            (root / name).mkdir()
            fill(Care(root / name))
            lock.write("filled")
    return root / name


def made_once(fill: Callable[[Care], Care]) -> Any:
    """A fixture, of ``care`` or ``filled`` as ``fill`` leaves it: filled once, and every test has a copy."""
    (given,) = inspect.signature(fill).parameters
    assert given in ("care", "filled")

    def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, tmp_path: Path) -> Care:
        known = request.getfixturevalue("_filled") if given == "filled" else None

        def begin(care: Care) -> None:
            if known:
                copy_store(known, care.folder)
            fill(care)

        folder = once(tmp_path_factory, f"{fill.__module__}.{fill.__name__}", begin)
        shutil.copytree(folder, tmp_path, dirs_exist_ok=True)
        return Care(tmp_path)

    made.__doc__ = fill.__doc__
    return pytest.fixture(made, name=fill.__name__)
