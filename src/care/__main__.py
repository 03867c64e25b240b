"""The entry point: what has to be right before anything else is imported."""

import gc
import os
import sys

INTERRUPTED = 130


def main() -> None:
    """Runs care. Collecting garbage waits until the imports are done; every file care makes is the user's own."""
    gc.disable()
    os.umask(0o077)
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # care has none, and looking for them takes time
    _speak_utf_8()
    _open_streams()
    try:
        if sys.argv[1:] == ["--version"]:
            _say_version()
            return
        from care.cli.app import app
        from care.cli.launch import launch

        launch(app)
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)


def _say_version() -> None:
    from care import __version__

    try:
        sys.stdout.write(f"care {__version__}\n")
        sys.stdout.flush()
    except OSError as error:
        from care.cli.launch import unwritten

        sys.exit(unwritten(error))


def _speak_utf_8() -> None:
    """Begins anew in Python's UTF-8 mode where the locale knows ASCII only: no name would survive that."""
    if sys.getfilesystemencoding() == "ascii" and not sys.flags.utf8_mode and sys.executable:
        os.execv(sys.executable, [sys.executable, "-X", "utf8", *sys.orig_argv[1:]])


def _open_streams() -> None:
    """Gives a closed stream something in its place, and lets none fail at a letter its encoding does not have.

    A closed stdout is opened for reading only: what is written there fails when it is flushed, as on a full disk.
    """
    for number, (name, mode) in enumerate((("stdin", os.O_RDONLY), ("stdout", os.O_RDONLY), ("stderr", os.O_WRONLY))):
        if getattr(sys, name) is None:
            opened = os.open(os.devnull, mode)
            if opened != number:
                os.dup2(opened, number)
            setattr(sys, name, open(number, "r" if number == 0 else "w", encoding="utf-8", closefd=False))  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]


if __name__ == "__main__":
    main()
