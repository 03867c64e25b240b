"""Runs of the program without the start of Python: a server that has imported everything forks for each of them.

A run gets what a process of its own has: its arguments, environment, folder, umask and descriptors, a terminal to
control it where one is given, and every signal as it is by default. Run as a script, this is the server. It ends with
the socket it reads from, which is when the process that began it ends, however that does, and takes its runs with it.
"""

import atexit
import functools
import importlib
import os
import pickle
import pkgutil
import select
import signal
import socket
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, Any, NamedTuple, NoReturn

SOURCE = Path(__file__).parents[2] / "src"
LOCALE = "C.UTF-8"
ALSO = (
    "alembic", "caldav.collection", "caldav.davclient", "dateutil.parser", "holidays", "icalendar",
    "importlib.resources.readers", "jinja2", "phonenumbers.data.region_IN", "phonenumbers.data.region_NO",
    "phonenumbers.data.region_SE", "rapidfuzz.fuzz", "rapidfuzz.process", "recurring_ical_events", "rich.console",
    "rich.table", "sqlalchemy.dialects.sqlite.pysqlite", "tomlkit", "typer._adapters", "typer._click.decorators",
    "tzdata",
)  # fmt: skip
"""Libraries that commands import on their way. Not those that look at the terminal or the environment as they load."""

_LENGTH = struct.Struct("!i")
_TOLD = struct.Struct("!?i")
"""Whether the run has ended; its process or how it ended."""


class Wanted(NamedTuple):
    """A run as it is asked for; the descriptors, which go beside it, become those of these numbers."""

    words: list[bytes]
    env: dict[bytes, bytes]
    folder: str
    umask: int
    numbers: list[int]
    terminal: bool


class Forked:
    """A run begun by the server, used like ``subprocess.Popen``."""

    stdin: IO[Any] | None = None
    stdout: IO[Any] | None = None
    stderr: IO[Any] | None = None

    def __init__(self, status: socket.socket) -> None:
        self._status = status
        self.returncode: int | None = None
        over, self.pid = self._told()
        assert not over, "the run could not begin"

    def _told(self) -> tuple[bool, int]:
        told = self._status.recv(_TOLD.size, socket.MSG_WAITALL)
        assert told, "the server of runs has ended"
        return _TOLD.unpack(told)

    def poll(self) -> int | None:
        """The exit code, or minus the signal; None while it runs."""
        with suppress(subprocess.TimeoutExpired):
            self.wait(0)
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """The exit code, or minus the signal, once it has ended. Raises TimeoutExpired."""
        if self.returncode is None:
            if not select.select([self._status], [], [], timeout)[0]:
                raise subprocess.TimeoutExpired(str(self.pid), timeout or 0)
            self.returncode = self._told()[1]
            self._status.close()
        return self.returncode

    def communicate(self, timeout: float | None = None) -> tuple[bytes | None, bytes | None]:
        """What it wrote to each of its pipes until it ended. Raises TimeoutExpired."""
        until = None if timeout is None else time.monotonic() + timeout
        read: dict[int, bytes] = {}
        pipes = {place: pipe for place, pipe in enumerate((self.stdout, self.stderr)) if pipe}
        readers = [
            threading.Thread(target=lambda place=place, pipe=pipe: read.update({place: pipe.read()}), daemon=True)
            for place, pipe in pipes.items()
        ]
        for reader in readers:
            reader.start()
        for reader in readers:
            reader.join(None if until is None else max(0, until - time.monotonic()))
            if reader.is_alive():
                raise subprocess.TimeoutExpired(str(self.pid), timeout or 0)
        for pipe in pipes.values():
            pipe.close()
        self.wait(None if until is None else max(0, until - time.monotonic()))
        return read.get(0), read.get(1)

    def send_signal(self, number: int) -> None:
        """Sends a signal, unless it has ended."""
        if self.poll() is None:
            with suppress(ProcessLookupError):
                os.kill(self.pid, number)

    def kill(self) -> None:
        """Ends it from outside."""
        self.send_signal(signal.SIGKILL)


class Server:
    """The server as its user sees it."""

    def __init__(self) -> None:
        self._socket, other = socket.socketpair()
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "LC_", "CARE_"))}
        self.process = subprocess.Popen(
            [sys.executable, __file__], stdin=other, stdout=subprocess.DEVNULL, start_new_session=True,
            env={**kept, "PYTHONPATH": str(SOURCE), "LANG": LOCALE, "TZ": "UTC"},
        )  # fmt: skip
        other.close()
        self._one_at_a_time = threading.Lock()

    def run(
        self,
        words: Sequence[str | bytes],
        env: Mapping[str, str],
        folder: Path,
        descriptors: Mapping[int, int],
        *,
        terminal: bool = False,
    ) -> Forked:
        """Begins a run with these descriptors by their numbers there; one that is not among them is closed."""
        mine, its = socket.socketpair()
        os.umask(umask := os.umask(0))
        wanted = Wanted(
            [os.fsencode(word) for word in words],
            {os.fsencode(name): os.fsencode(value) for name, value in env.items()},
            str(folder), umask, list(descriptors), terminal,
        )  # fmt: skip
        said = pickle.dumps(tuple(wanted))
        with its, self._one_at_a_time:
            given = [its.fileno(), *descriptors.values()]
            socket.send_fds(self._socket, [_LENGTH.pack(len(said))], given)
            self._socket.sendall(said)
        return Forked(mine)

    def start(
        self,
        words: Sequence[str | bytes],
        env: Mapping[str, str],
        folder: Path,
        streams: Mapping[str, Any],
        closed: Sequence[int] = (),
    ) -> Forked:
        """Begins a run whose streams are given as they are to ``subprocess.Popen``: PIPE, DEVNULL or a file."""
        given: dict[int, int] = {}
        ours: dict[str, int] = {}
        passing: list[int] = []
        for number, name in enumerate(("stdin", "stdout", "stderr")):
            if number in closed:
                continue
            stream = streams[name]
            if stream == subprocess.PIPE:
                assert number, "nothing is written to a run"
                ours[name], given[number] = os.pipe()
                passing.append(given[number])
            elif stream == subprocess.DEVNULL:
                given[number] = os.open(os.devnull, os.O_RDWR)
                passing.append(given[number])
            else:
                given[number] = number if stream is None else stream if isinstance(stream, int) else stream.fileno()
        try:
            run = self.run(words, env, folder, given)
        finally:
            for descriptor in passing:
                os.close(descriptor)
        for name, descriptor in ours.items():
            setattr(run, name, os.fdopen(descriptor, "rb"))
        return run

    def close(self) -> None:
        """Ends the server."""
        self._socket.close()
        self.process.wait()


@functools.cache
def server() -> Server:
    """The server of this process, begun when it is first needed."""
    return Server()


def end() -> None:
    """Ends the server of this process, if there is one."""
    if server.cache_info().currsize:
        server().close()
        server.cache_clear()


def _import_everything() -> None:
    import sqlalchemy.orm

    import care

    for module in pkgutil.walk_packages(care.__path__, "care."):
        if ".migrations." not in module.name:
            importlib.import_module(module.name)
    for name in ALSO:
        with suppress(ImportError):
            importlib.import_module(name)
    sqlalchemy.orm.configure_mappers()


class _Serving:
    """The server itself: it forks when it is asked to, and tells how each run ended."""

    def __init__(self, asked: socket.socket) -> None:
        self.asked = asked
        self.running: dict[int, socket.socket] = {}
        signal.signal(signal.SIGCHLD, self.tell)

    def tell(self, *_: object) -> None:
        """Tells of every run that has ended."""
        with suppress(ChildProcessError):
            while (ended := os.waitpid(-1, os.WNOHANG))[0]:
                with self.running.pop(ended[0]) as status, suppress(OSError):
                    status.sendall(_TOLD.pack(True, os.waitstatus_to_exitcode(ended[1])))

    def serve(self) -> None:
        """Forks for each run that is asked for, until nobody can ask any more."""
        while True:
            head, descriptors, _, _ = socket.recv_fds(self.asked, _LENGTH.size, 4)
            if not head:
                break
            said = self.asked.recv(_LENGTH.unpack(head)[0], socket.MSG_WAITALL)
            wanted = Wanted(*pickle.loads(said))
            status = socket.socket(fileno=descriptors[0])
            signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGCHLD})
            child = os.fork()
            if not child:
                _run(wanted, status, descriptors[1:])
            self.running[child] = status
            signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGCHLD})
            for descriptor in descriptors[1:]:
                os.close(descriptor)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        for child in self.running:
            os.kill(child, signal.SIGKILL)


def _run(wanted: Wanted, status: socket.socket, descriptors: list[int]) -> NoReturn:
    code = 1
    try:
        _become(wanted, status, descriptors)
        code = _care()
    except BaseException:  # noqa: BLE001  as Python does at its end
        sys.excepthook(*sys.exc_info())  # type: ignore[arg-type]
    finally:
        os._exit(code)


def _become(wanted: Wanted, status: socket.socket, descriptors: list[int]) -> None:
    """Makes this process what a new one would be, and says that it is there."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_SETMASK, ())
    for number, descriptor in zip(wanted.numbers, descriptors, strict=True):
        os.dup2(descriptor, number)  # those that came are above 2, which the server has in use
    for number in {0, 1, 2}.difference(wanted.numbers):
        os.close(number)
    if wanted.terminal:
        import fcntl
        import termios

        os.setsid()
        fcntl.ioctl(0, termios.TIOCSCTTY, 0)
    os.chdir(wanted.folder)
    os.umask(wanted.umask)
    os.environb.clear()
    os.environb.update(wanted.env)
    time.tzset()
    sys.argv = [str(SOURCE / "care" / "__main__.py"), *map(os.fsdecode, wanted.words)]
    sys.orig_argv = [sys.executable, "-m", "care", *sys.argv[1:]]
    sys.path[0] = wanted.folder
    kept = status.fileno()
    os.closerange(3, kept)
    os.closerange(kept + 1, os.sysconf("SC_OPEN_MAX") if sys.platform == "darwin" else 1 << 16)
    _open_streams(wanted.numbers)
    status.sendall(_TOLD.pack(False, os.getpid()))
    status.close()


def _open_streams(numbers: list[int]) -> None:
    """The three streams as Python opens them in a UTF-8 locale; a descriptor that is closed has none."""
    for number, (name, mode) in enumerate((("stdin", "r"), ("stdout", "w"), ("stderr", "w"))):
        stream: Any = None
        if number in numbers:
            stream = open(  # noqa: SIM115
                number, mode, encoding="utf-8", errors="backslashreplace" if number == 2 else "surrogateescape",
                newline=None if number == 0 else "\n", closefd=False,
            )  # fmt: skip
            if number == 2:
                stream.reconfigure(line_buffering=True)
        setattr(sys, name, stream)
        setattr(sys, f"__{name}__", stream)


def _care() -> int:
    """The exit code of ``python -m care`` in this process, with all that Python does as it ends."""
    from care.__main__ import main

    code: Any = 0
    try:
        main()
    except SystemExit as ending:
        code = ending.code
    except KeyboardInterrupt:
        sys.excepthook(*sys.exc_info())  # type: ignore[arg-type]
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        os.kill(os.getpid(), signal.SIGINT)
    if code is not None and not isinstance(code, int):
        sys.stderr.write(f"{code}\n")
        code = 1
    threading._shutdown()  # type: ignore[attr-defined]
    atexit._run_exitfuncs()
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except (OSError, ValueError):
        sys.stderr.write("Exception ignored in: stdout\n")
        code = 120
    with suppress(OSError, ValueError, AttributeError):
        sys.stderr.flush()
    return (code or 0) & 0xFF


def _serve() -> None:
    import gc

    asked = socket.socket(fileno=os.dup(0))
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    sys.path[0] = ""
    _import_everything()
    gc.collect()
    gc.freeze()
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGHUP, signal.SIG_DFL)
    _Serving(asked).serve()


if __name__ == "__main__":
    _serve()
