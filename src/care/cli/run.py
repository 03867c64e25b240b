"""One command's run: its options, the clock, and the two doors to the store."""

import functools
import gc
import inspect
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from care import clock
from care.errors import BadStore, CareError

if TYPE_CHECKING:
    from sqlalchemy import Engine
    from sqlalchemy.orm import Session

    from care.settings import Policy
    from care.views.screen import Screen


STORE_VARIABLE = "CARE_STORE"

_Store = Annotated[
    str | None, typer.Option("--store", metavar="PATH", help="The store; else CARE_STORE, else care's own folder.")
]

_Json = Annotated[bool, typer.Option("--json", help="One JSON object on stdout.")]

SELDOM = 100_000
"""How many objects more are there when garbage is looked for: a command that shows a page makes fewer."""


class Given(NamedTuple):
    """The options every command has, as far as they were given."""

    store: str | None = None
    json: bool = False

    def then(self, store: str | None, json: bool) -> "Given":
        """These options with what a later part of the command line says."""
        return Given(self.store if store is None else store, json or self.json)


class Run:
    """What a command needs of the world. ``now`` is read once, so that one command has one present."""

    def __init__(self, given: Given, command: str) -> None:
        self.json = given.json
        self.command = command
        self.now: datetime = clock.now()
        self.store_option = given.store
        self._engine: Engine | None = None

    @property
    def store_path(self) -> Path:
        """Where the store is: ``--store``, else ``CARE_STORE``, else the platform's data folder."""
        if self.store_option == "":
            raise CareError("--store is empty. Name a file, or leave it out.")
        said = self.store_option or os.environ.get(STORE_VARIABLE)
        if said is None:
            from platformdirs import user_data_path

            return user_data_path("care") / "care.db"
        if "://" in said:
            raise BadStore(f"“{said}” is a server, and this care keeps its store in a file. Name one with --store.")
        return Path(said).expanduser()

    @property
    def store_was_named(self) -> bool:
        """Whether someone said which store is meant."""
        return bool(self.store_option or os.environ.get(STORE_VARIABLE))

    def with_store(self, path: Path) -> "Run":
        """The same run on another store."""
        run = Run(Given(str(path), self.json), self.command)
        run.now = self.now
        return run

    @contextmanager
    def founding(self) -> Iterator["Session"]:
        """The first change of a new store, which is there once all of it is done, or not at all. Raises BadStore."""
        from care.db.engine import make_store, put_in_place, taken

        if self.store_path.exists():
            raise taken(self.store_path)
        mark = clock.secret_bytes(6).hex()  # two founders at once must not meet
        beside = self.with_store(self.store_path.with_name(f".{self.store_path.name}.{mark}"))
        make_store(beside.store_path)
        try:
            with beside.changing() as session:
                yield session
            beside.close()
            put_in_place(beside.store_path, self.store_path)
        finally:
            beside.close()
            beside.store_path.unlink(missing_ok=True)

    def policy(self, session: "Session") -> "Policy":
        """The settings of the store, defaults filled in."""
        from care.db.settings import policy

        return policy(session)

    def pack(self) -> None:
        """Leaves in the store's file nothing of what was erased."""
        from care.db.engine import pack

        if self._engine is not None:
            pack(self.store_path, self._engine)

    def close(self) -> None:
        """Lets go of the store's file."""
        if self._engine is not None:
            self._engine.dispose()
            self._engine = None

    @contextmanager
    def reading(self) -> Iterator["Session"]:
        """A transaction that can only read; readers do not wait for each other."""
        with self._transaction(writes=False) as session:
            yield session

    @contextmanager
    def changing(self, *, keep: bool = True, noting: bool = False) -> Iterator["Session"]:
        """A transaction that is one change: all of it with its row in ``change``, or nothing for a rehearsal.

        ``noting`` is for what only notes how something stands in a calendar; ``care undo`` passes it by.
        """
        with self._transaction(writes=True, keep=keep) as session:
            from care.db.journal import NOTED, begin_change

            begin_change(session, NOTED if noting else self.command, self.caller_in(session), self.now)
            yield session

    @contextmanager
    def _transaction(self, *, writes: bool, keep: bool = True) -> Iterator["Session"]:
        from care.db.engine import open_store, transaction

        if self._engine is None:
            self._engine = open_store(self.store_path)
            if not gc.isenabled():  # the imports are done; nothing they made will ever be garbage
                gc.freeze()
                gc.set_threshold(SELDOM)
                gc.enable()
        with transaction(self.store_path, self._engine, writes=writes, keep=keep) as session:
            yield session

    def caller_in(self, session: "Session", said: str | None = None) -> str:
        """Who calls: the name given, else the one in ``care.toml`` if the team has it, else the first who calls."""
        from care.cli.personal import personal_settings
        from care.text import fold

        settings = self.policy(session)
        names = {fold(name): name for name in (*settings.callers, *settings.team)}
        if said is not None:
            if fold(said) not in names:
                raise CareError(
                    f"nobody in the team is called “{said}”: {', '.join(names.values())}. "
                    "Add them with care config set team."
                )
            return names[fold(said)]
        mine = personal_settings().get("caller")
        return names.get(fold(mine or ""), settings.callers[0] if settings.callers else mine or "me")

    def knows_me(self, session: "Session") -> bool:
        """Whether it is known who of the callers I am: ``care.toml`` says so, or there is no other."""
        from care.cli.personal import personal_settings
        from care.text import fold

        settings = self.policy(session)
        mine = fold(str(personal_settings().get("caller") or ""))
        return len(settings.callers) < 2 or mine in {fold(name) for name in (*settings.callers, *settings.team)}

    @property
    def is_terminal(self) -> bool:
        """Whether a person can be asked: stdin and stderr are a terminal and no JSON is wanted."""
        return sys.stdin is not None and sys.stdin.isatty() and sys.stderr.isatty() and not self.json

    @functools.cached_property
    def screen(self) -> "Screen":
        """Stdout, for data."""
        from care.views.screen import Screen

        return Screen(sys.stdout)

    @functools.cached_property
    def talk(self) -> "Screen":
        """Stderr, for hints, notices and questions."""
        from care.views.screen import Screen

        return Screen(sys.stderr)

    def show(self, record: Any, view: Callable[["Screen", Any], None]) -> None:
        """The record as JSON where that is wanted, else as that view shows it."""
        if self.json:
            from care.views.as_json import write_json

            write_json(sys.stdout, record)
        else:
            view(self.screen, record)

    def hint(self, words: str) -> None:
        """The natural next command, on stderr."""
        if not self.json:
            self.talk.hint(words)

    def notice(self, words: str) -> None:
        """Something worth knowing, on stderr, also where JSON is wanted."""
        self.talk.notice(words)


def command(
    app: typer.Typer, name: str | None = None, **options: Any
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Registers a command that takes a ``Run`` first; ``--store`` and ``--json`` come with it."""

    def register(function: Callable[..., None]) -> Callable[..., None]:
        app.command(name, **options)(_door(function, bare=False))
        return function

    return register


def bare(app: typer.Typer, **options: Any) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Registers what a group does when no subcommand follows, and lets its options stand before one."""

    def register(function: Callable[..., None]) -> Callable[..., None]:
        app.callback(invoke_without_command=True, **options)(_door(function, bare=True))
        return function

    return register


def _door(function: Callable[..., None], *, bare: bool) -> Callable[..., None]:
    own = list(inspect.signature(function).parameters.values())[1:]
    keyword = inspect.Parameter.KEYWORD_ONLY
    shared = [
        inspect.Parameter("store_option", keyword, default=None, annotation=_Store),
        inspect.Parameter("json_option", keyword, default=False, annotation=_Json),
    ]
    context = inspect.Parameter("context", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=typer.Context)

    @functools.wraps(function)
    def door(context: typer.Context, *, store_option: str | None, json_option: bool, **options: Any) -> None:
        given = (context.obj or Given()).then(store_option, json_option)
        context.obj = given
        if bare and context.invoked_subcommand is not None:
            return
        path = context.command_path.split(" ", 1)
        function(Run(given, path[1] if len(path) > 1 else ""), **options)

    parameters = [context, *(one.replace(kind=keyword) for one in own), *shared]
    vars(door)["__signature__"] = inspect.Signature(parameters)
    door.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    return door
