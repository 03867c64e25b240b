"""The files and folders that say when somebody is busy. One that cannot be read is named, and the rest count."""

from collections.abc import Callable, Iterator
from pathlib import Path

from care.calls.slots.records import Busy
from care.exchange.calendars.busy import BusyFound, Window, busy_in

_ENDING = ".ics"


def busy_in_files(path: Path, window: Window, is_ours: Callable[[str], bool]) -> BusyFound:
    """The busy times in an .ics file, or in every one of a folder and the folders in it, as vdirsyncer keeps them."""
    busy: set[Busy] = set()
    problems: list[str] = []
    for file in _files(path, problems):
        try:
            found = busy_in(file.read_bytes(), window, is_ours)
        except OSError as error:
            problems.append(f"{file}: {error.strerror}")
        except ValueError as error:
            problems.append(f"{file}: {error}")
        else:
            busy.update(found.busy)
            problems += [f"{file}: {problem}" for problem in found.problems]
    return BusyFound(sorted(busy), problems)


def _files(path: Path, problems: list[str]) -> Iterator[Path]:
    if path.is_dir():
        found = sorted(one for one in path.rglob("*") if one.suffix.lower() == _ENDING and one.is_file())
        if not found:
            problems.append(f"{path}: there is no {_ENDING} file in it")
        yield from found
    elif path.exists():
        yield path
    else:
        problems.append(f"{path}: there is no such file or folder")
