"""Calendar servers on loopback for the tests: a real Radicale, and ones that are slow, elsewhere or broken."""

import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import caldav
import icalendar

USER, PASSWORD = "ann", "s3cret-Pässword"
PATIENCE_SECONDS = 20


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


class Radicale:
    """A Radicale with one user and one calendar, looked at through a client of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.process: subprocess.Popen[bytes] | None = None
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "users").write_text(f"{USER}:{PASSWORD}\n", "utf-8")
        (folder / "config").write_text(
            f"[server]\nhosts = 127.0.0.1:{self.port}\n"
            f"[auth]\ntype = htpasswd\nhtpasswd_filename = {folder / 'users'}\nhtpasswd_encryption = plain\ndelay = 0\n"
            f"[storage]\nfilesystem_folder = {folder / 'collections'}\n"
            "[logging]\nlevel = error\n",
            "utf-8",
        )

    @property
    def root(self) -> str:
        """The address of the server."""
        return f"http://127.0.0.1:{self.port}/"

    @property
    def url(self) -> str:
        """The address of the calendar."""
        return f"{self.root}{USER}/calls/"

    def start(self) -> None:
        """Starts the server and waits until it answers."""
        command = [sys.executable, "-m", "radicale", "--config", str(self.folder / "config")]
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(command, stdout=log, stderr=log)
        until = time.monotonic() + PATIENCE_SECONDS
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return
            except OSError:
                assert self.process.poll() is None, (self.folder / "log").read_text()
                assert time.monotonic() < until, "Radicale does not start"
                time.sleep(0.05)

    def stop(self) -> None:
        """Stops the server; what it keeps stays."""
        if self.process is not None:
            self.process.terminate()
            self.process.wait(PATIENCE_SECONDS)
            self.process = None

    @contextmanager
    def calendar(self, name: str = "calls") -> Iterator[caldav.Calendar]:
        """The calendar, as another program sees it."""
        with caldav.DAVClient(self.root, username=USER, password=PASSWORD, enable_rfc6764=False) as client:
            yield caldav.Calendar(client=client, url=f"{self.root}{USER}/{name}/")

    def make(self, name: str = "calls") -> None:
        """Makes a calendar."""
        with self.calendar(name) as calendar:
            assert calendar.client is not None
            calendar.client.mkcalendar(str(calendar.url))

    def empty(self) -> None:
        """Removes every event."""
        with self.calendar() as calendar:
            for one in calendar.events():
                one.delete()

    def events(self) -> dict[str, icalendar.Event]:
        """Every event in the calendar by its summary; two of the same name fail."""
        with self.calendar() as calendar:
            found = [one.icalendar_component for one in calendar.events()]
        named = {str(one["SUMMARY"]): one for one in found}
        assert len(named) == len(found), [str(one["SUMMARY"]) for one in found]
        return named

    @contextmanager
    def changed(self, summary: str) -> Iterator[icalendar.Event]:
        """One event to be changed there, as a person with a calendar program does."""
        with self.calendar() as calendar:
            [item] = [one for one in calendar.events() if str(one.icalendar_component["SUMMARY"]) == summary]
            component = item.icalendar_component
            yield component
            item.save()

    def delete(self, summary: str) -> None:
        """Deletes an event there."""
        with self.calendar() as calendar:
            [item] = [one for one in calendar.events() if str(one.icalendar_component["SUMMARY"]) == summary]
            item.delete()


@contextmanager
def answering(status: int, delay: float = 0, **headers: str) -> Iterator[tuple[str, list[str | None]]]:
    """A server that answers everything like that; its address, and the Authorization of every request it got."""
    heard: list[str | None] = []
    stopped = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            heard.append(self.headers.get("Authorization"))
            stopped.wait(delay)
            try:
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name.replace("_", "-"), value)
                self.send_header("Content-Length", "0")
                self.end_headers()
            except OSError:
                return

        do_PROPFIND = do_REPORT = do_PUT = do_DELETE = do_OPTIONS = do_GET

        def log_message(self, *said: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/ann/calls/", heard
    finally:
        stopped.set()
        server.shutdown()
        server.server_close()
