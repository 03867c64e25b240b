"""A backup in the place of the store: who was forgotten since is erased again, and nobody else."""

import shutil
from pathlib import Path

import pytest

from care.errors import BadStore
from care.person.forget import forget
from care.person.restore import BackupTaken, kept_marks, take_backup_over
from stores import MONDAY, Store, later, made_once, new_store, people


@made_once
def imported(store: Store) -> Store:
    """Three customers."""
    store.take(people(3))
    return store


def backup_of(store: Store, path: Path) -> Store:
    shutil.copy(store.path, path)
    return Store(path)


def taken_over(backup: Store, store: Store | None) -> BackupTaken:
    kept = None
    if store is not None:
        with store.reading() as session:
            kept = kept_marks(session)
    with backup.changing(later(days=1)) as session:
        done = take_backup_over(session, kept, "b.db", later(days=1), explicit_clock=True)
    backup.close()
    return done


def names(store: Store) -> list[str]:
    return [name for (name,) in store.rows("SELECT name FROM customer WHERE merged_into IS NULL ORDER BY id")]


def test_who_was_forgotten_since_the_backup_is_erased_again(imported: Store, tmp_path: Path) -> None:
    backup = backup_of(imported, tmp_path / "b.db")
    with imported.changing() as session:
        forget(session, 2, MONDAY)
    assert taken_over(backup, imported) == (2, 1)
    assert names(backup) == ["Person 0001", "Person 0003"]
    marks = "SELECT hash, whose, forgotten_on FROM forgotten ORDER BY hash"
    assert backup.rows(marks) == imported.rows(marks) != []


def test_without_a_store_that_can_be_read_the_backup_stays_as_it_is(imported: Store, tmp_path: Path) -> None:
    backup = backup_of(imported, tmp_path / "b.db")
    assert taken_over(backup, None) == (3, 0)
    assert len(names(backup)) == 3


def test_a_backup_of_another_store_is_refused(imported: Store, tmp_path: Path) -> None:
    other = new_store(tmp_path / "b.db", key=bytes(32))
    with pytest.raises(BadStore) as refused:
        taken_over(other, imported)
    assert refused.value.sentence == (
        "b.db is a backup of another store. Restore it with --store to a place of its own."
    )
    other.close()
