"""Running the program to its end: every error becomes one line on stderr and an exit code, never a traceback."""

import gc
import os
import sys
from contextlib import suppress
from typing import Any, NoReturn

import typer

from care.errors import CareError, WrongUsage

INTERRUPTED = 130

UNUSABLE = 5

_SAID_IN_ENVIRONMENT = ("CARE_STORE", "CARE_CONFIG", "CARE_NOW")


def launch(app: typer.Typer) -> NoReturn:
    """Runs the program and ends the process with its exit code."""
    try:
        _check_text()
        ended = app(standalone_mode=False, prog_name="care")  # typer returns 130 for Ctrl-C, a command nothing
        code = _interrupted() if ended == INTERRUPTED else _flushed()
    except CareError as error:
        code = _complain(error.sentence, error.exit_code)
    except typer.TyperException as error:
        code = _complain(_usage(error), 2)
    except (KeyboardInterrupt, typer.Abort):
        code = _interrupted()
    except SystemExit:  # rich and typer make a SystemExit of a broken pipe, and of nothing else
        code = _nobody_reads()
    except OSError as error:
        code = unwritten(error)
    except typer.Exit as ending:
        code = ending.exit_code
    gc.freeze()  # what is left ends with the process: Python need not look through it for garbage
    sys.exit(code)


_AT_HOME = {
    "import": "customers import", "add": "customers add", "show": "customers show", "edit": "customers edit",
    "skip": "plan skip", "fix": "issues fix", "tell": "issues tell", "done": "owed done", "set": "config set",
    "help": "--help",
}  # fmt: skip
"""Words people type first, and where they live."""


def _check_text() -> None:
    """Refuses what no store and no screen could hold. Raises WrongUsage with the word it is about."""
    for said in (*sys.argv[1:], *(os.environ.get(name, "") for name in _SAID_IN_ENVIRONMENT)):
        try:
            said.encode()
        except UnicodeEncodeError:
            raise WrongUsage(f"“{said}” is not UTF-8. Type it anew, or set the terminal to UTF-8.") from None


def _interrupted() -> int:
    with suppress(OSError):
        sys.stderr.write("\n")
        sys.stderr.flush()
    return INTERRUPTED


def _usage(error: Any) -> str:
    said = error.format_message().strip().rstrip(".").replace("Value error, ", "")
    near = getattr(error, "possibilities", None)
    if near and "Did you mean" not in said:
        said = f"{error.message.rstrip('.')}. Did you mean {' or '.join(sorted(near))}?"
    said = said[:1].lower() + said[1:]
    home = next((whole for word, whole in _AT_HOME.items() if said.startswith(f"no such command '{word}'")), None)
    if home and error.ctx.parent is None:
        return f"{said.split('. Did')[0]}. Did you mean 'care {home}'?"
    where = error.ctx.command_path if getattr(error, "ctx", None) else "care"
    return said if "Did you mean" in said else f"{said}. See {where} --help."


def _complain(sentence: str, code: int) -> int:
    from care.views.safe import safe

    try:
        sys.stderr.write(f"care: {safe(sentence)}\n")
        sys.stderr.flush()
    except OSError:
        _to_nowhere(sys.stderr)  # nobody can be told; the exit code still says it
    return code


def _flushed() -> int:
    try:
        sys.stdout.flush()
    except OSError as error:
        return unwritten(error)
    return 0


def unwritten(error: OSError) -> int:
    """Says what could not be written: a file that has a name, or else stdout. Returns the exit code."""
    if error.filename is not None:
        return _complain(f"{os.fsdecode(error.filename)}: {error.strerror}. Check who may write there.", UNUSABLE)
    if isinstance(error, BrokenPipeError):
        return _nobody_reads()
    _to_nowhere(sys.stdout)
    return _complain(f"the output could not be written: {error.strerror}. What was done is done.", UNUSABLE)


def _nobody_reads() -> int:
    """Whoever read stdout has had enough (``| head``): quietly done, with nothing left to write."""
    _to_nowhere(sys.stdout)
    return 0


def _to_nowhere(stream: Any) -> None:
    """Sends what the stream still holds to nowhere, so that Python does not complain of it at the end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
