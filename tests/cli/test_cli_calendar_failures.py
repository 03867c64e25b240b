"""A calendar that cannot be reached: one line, exit code 6, the plan kept, and the password shown nowhere."""

import sqlite3
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from running import Care, imported

from calendars import PASSWORD, USER, Radicale, answering, free_port

KNOWN = {"CARE_CALDAV_PASSWORD": PASSWORD}


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Radicale]:
    """A Radicale with a calendar."""
    server = Radicale(tmp_path_factory.mktemp("radicale"))
    server.start()
    server.make()
    yield server
    server.stop()


@pytest.fixture
def care(filled: Care) -> Care:
    """A store with a calendar user and no plan yet."""
    filled.config.write_text(f'calendar_user = "{USER}"\n', "utf-8")
    return filled


def failed(care: Care, url: str, *words: str, env: dict[str, str | None] | None = None) -> str:
    """The one line of a plan that was drawn and kept and could not be written into the calendar."""
    care.ok("config", "set", "calendar", url)
    done = care("plan", env={**KNOWN, **(env or {})})
    assert done.code == 6, done
    assert done.out.startswith("Week 48")
    [line] = done.err.splitlines()
    assert line.startswith("care: ")
    assert "The plan is kept." in line
    for word in words:
        assert word in line, (word, line)
    assert PASSWORD not in done.err + done.out
    assert care.ok("plan", "--no-publish", "--json").json["calls"]
    return line


def test_a_wrong_password(care: Care, server: Radicale) -> None:
    wrong: dict[str, str | None] = {"CARE_CALDAV_PASSWORD": "guess-what-77"}
    line = failed(care, server.url, "127.0.0.1", "refuses ann’s password", "keyring set care ann", env=wrong)
    assert "guess-what-77" not in line
    assert care.ok("plan", env=KNOWN).err == "Written to your calendar. Next: care brief\n"


def test_no_password_and_no_name(care: Care, server: Radicale) -> None:
    failed(care, server.url, "no password for ann", "CARE_CALDAV_PASSWORD", env={"CARE_CALDAV_PASSWORD": None})
    care.ok("config", "unset", "calendar_user")
    failed(care, server.url, "calendar_user", env={"CARE_CALDAV_PASSWORD": None})


def test_a_server_that_is_down(care: Care) -> None:
    failed(care, f"http://127.0.0.1:{free_port()}/ann/calls/", "cannot be reached")


def test_a_server_that_is_slow(care: Care) -> None:
    before = time.monotonic()
    with answering(207, delay=60) as (url, _):
        failed(care, url, "did not answer within 10 seconds")
    assert time.monotonic() - before < 50  # three runs of the program, one of which waited


def test_a_server_that_sends_us_elsewhere_learns_nothing_and_neither_does_elsewhere(care: Care) -> None:
    with answering(200) as (other, heard), answering(301, Location=other) as (url, first):
        failed(care, url, "sends us elsewhere", other.split("/")[2])
    assert heard == []
    assert first == [None]


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (403, "does not let ann into that calendar"),
        (404, "no calendar at that address"),
        (500, "answered with an error (500)"),
        (200, "answered with an error"),
    ],
)
def test_a_server_that_refuses(care: Care, status: int, words: str) -> None:
    with answering(status) as (url, _):
        failed(care, url, words)


def test_an_address_that_is_no_calendar(care: Care, server: Radicale) -> None:
    for wrong in (server.root, f"{server.root}{USER}/", f"{server.url}nothing/"):
        failed(care, wrong, "no calendar at that address")


def test_the_server_goes_down_after_the_plan(care: Care, server: Radicale) -> None:
    care.ok("config", "set", "calendar", server.url)
    care.ok("plan", env=KNOWN)
    server.stop()
    try:
        for words in (("move", "c1", "friday 9:00"), ("skip", "c2", "--reason", "x"), ("add", "kari"), ("--sync",)):
            done = care("plan", *words, env=KNOWN)
            assert done.code == 6, words
            assert "cannot be reached. The plan is kept." in done.err.splitlines()[-1]
    finally:
        server.start()
    states = {one["id"]: one["state"] for one in care.ok("plan", "--no-publish", "--json").json["calls"]}
    assert states[2] == "skipped"
    care.ok("plan", env=KNOWN)
    assert sum(one == "planned" for one in states.values()) == len(server.events())


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("http://example.com/ann/", "send your password for all to read"),
        ("https://ann:hunter2@example.com/", "a name or a password in it is not kept"),
        ("ftp://example.com/", "calendar cannot be"),
        ("https://", "calendar cannot be"),
    ],
)
def test_an_address_that_would_give_something_away_is_refused(care: Care, said: str, words: str) -> None:
    line = care("config", "set", "calendar", said).refused(2, words)
    assert "hunter2" not in line
    care.config.write_text(f'calendar = "{said}"\n')  # written by hand, it is refused as well
    done = care("plan", "--json")
    assert done.code in (2, 4)
    assert "hunter2" not in done.err


def test_a_password_from_a_command(care: Care, server: Radicale) -> None:
    care.ok("config", "set", "calendar", server.url)
    (care.folder / "secret").write_text(f"{PASSWORD}\nsecond line\n", "utf-8")
    care.ok("config", "set", "calendar_password_command", f"cat {care.folder / 'secret'}")
    assert "Written to your calendar." in care.ok("plan").err
    for path in (care.store, care.config):
        assert PASSWORD.encode() not in path.read_bytes()
    for command, words in (
        ("false", "the password command fails"),
        ("nobody-has-this", "fails"),
        ("true", "prints nothing"),
    ):
        care.ok("config", "set", "calendar_password_command", command)
        failed(care, server.url, words, env={"CARE_CALDAV_PASSWORD": None})


def test_a_password_from_the_keyring(care: Care, server: Radicale) -> None:
    (care.folder / "lock.py").write_text(
        "import keyring.backend\n"
        "class Lock(keyring.backend.KeyringBackend):\n"
        "    priority = 1\n"
        "    def get_password(self, service, user):\n"
        f"        return {PASSWORD!r} if (service, user) == ('care', 'ann') else None\n"
        "    def set_password(self, service, user, password): ...\n"
        "    def delete_password(self, service, user): ...\n",
        "utf-8",
    )
    paths = f"{care.environ()['PYTHONPATH']}:{care.folder}"
    care.ok("config", "set", "calendar", server.url)
    env = {"PYTHONPATH": paths, "PYTHON_KEYRING_BACKEND": "lock.Lock"}
    assert "Written to your calendar." in care.ok("plan", env=env).err


def test_nothing_of_the_calendar_is_in_the_store(care: Care, server: Radicale) -> None:
    care.ok("config", "set", "calendar", server.url)
    care.ok("plan", env=KNOWN)
    with sqlite3.connect(care.store) as connection:
        everything = "\n".join(connection.iterdump())
    for secret in (PASSWORD, server.url, f"127.0.0.1:{server.port}"):
        assert secret not in everything


def test_without_the_extra_one_line_says_what_to_install(care: Care, server: Radicale) -> None:
    (care.folder / "without").mkdir()
    (care.folder / "without" / "caldav.py").write_text("raise ImportError('not installed')\n")
    paths = f"{care.folder / 'without'}:{care.environ()['PYTHONPATH']}"
    failed(care, server.url, "pip install 'care[caldav]'", env={"PYTHONPATH": paths})


CALENDARS = {"caldav", "icalendar", "recurring_ical_events", "holidays", "keyring", "niquests", "lxml"}


def loaded(care: Care, *commands: Sequence[str]) -> set[str]:
    """The libraries about calendars that these commands import."""
    return imported(care, *commands, **KNOWN) & CALENDARS


def test_libraries_are_imported_only_when_used(filled: Care, server: Radicale, tmp_path: Path) -> None:
    commands = ("plan",), ("plan",), ("plan", "add", "kari", "friday 9:00"), ("brief",), ("undo",), ()
    assert loaded(filled, *commands) == set()
    assert loaded(filled, ("plan", "--ics", str(tmp_path / "calls.ics"))) == {"icalendar"}
    filled.ok("config", "set", "calendar", str(tmp_path / "mine.ics"))
    assert loaded(filled, ("plan",)) == {"icalendar"}
    filled.ok("config", "set", "calendar", server.url)
    filled.ok("config", "set", "calendar_user", USER)
    assert "caldav" in loaded(filled, ("plan",))
