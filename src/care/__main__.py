"""The entry point: what has to be right before anything else is imported."""

import gc
import os
import sys


def main() -> None:
    """Runs care. Collecting garbage waits until the imports are done; every file care makes is the user's own."""
    gc.disable()
    os.umask(0o077)
    if sys.argv[1:] == ["--version"]:
        from care import __version__

        sys.stdout.write(f"care {__version__}\n")
        return
    from care.cli.app import app
    from care.cli.run import launch

    launch(app)


if __name__ == "__main__":
    main()
