"""What is no store of care's, or none that this version can open."""

from pathlib import Path

from care.errors import BadStore


class NotAStore(BadStore):
    """The file is not a store of care's."""

    def __init__(self, path: Path, what: str) -> None:
        super().__init__(f"{path} is {what}, not a store of care's. Name another with --store.")


class NewerStore(BadStore):
    """A later care made or upgraded the store."""

    def __init__(self, path: Path, version: int, known: int) -> None:
        super().__init__(
            f"{path} was written by a newer care (schema {version}; this one knows {known}). Upgrade care."
        )


class DamagedStore(BadStore):
    """The tables, indexes or triggers are not the ones care made."""

    def __init__(self, path: Path, what: str) -> None:
        super().__init__(f"{path} {what}. Nothing was changed; restore a backup, or ask for help with the file.")
