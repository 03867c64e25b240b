"""The password of a calendar: it is asked for, used and never kept, shown or handed on."""

import os
import shlex
import subprocess

from care.errors import NoCalendar

VARIABLE = "CARE_CALDAV_PASSWORD"

KEYRING = "care"
"""The name under which the keyring of the operating system keeps it."""

PATIENCE_SECONDS = 120
"""How long the command may take, which may be asking a person."""


def where_kept(user: str) -> str:
    """What to do about a password that is missing or wrong."""
    return f"Keep it in your keyring (keyring set {KEYRING} {user}) or in {VARIABLE}"


def calendar_password(user: str | None, command: str | None) -> str | None:
    """The password from the environment, else from the command, else from the keyring; None where none has it.

    Raises NoCalendar when the command fails.
    """
    said = os.environ.get(VARIABLE)
    if said:
        return said
    if command:
        return _told(command)
    return _kept(user) if user else None


def _told(command: str) -> str:
    """The first line the command prints. What else it says, and how, is nobody's business."""
    mend = "Set calendar_password_command right"
    try:
        done = subprocess.run(
            shlex.split(command),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=PATIENCE_SECONDS,
            check=True,
        )
        line = done.stdout.decode().partition("\n")[0].rstrip("\r")
    except subprocess.TimeoutExpired:
        raise NoCalendar("the password command takes too long", mend) from None
    except (OSError, ValueError, subprocess.CalledProcessError):
        raise NoCalendar("the password command fails", mend) from None
    if not line:
        raise NoCalendar("the password command prints nothing", mend)
    return line


def _kept(user: str) -> str | None:
    try:
        import keyring
        from keyring.errors import KeyringError
    except ImportError:
        return None
    try:
        return keyring.get_password(KEYRING, user)
    except (KeyringError, OSError, RuntimeError):  # no keyring here, or it is locked
        return None
