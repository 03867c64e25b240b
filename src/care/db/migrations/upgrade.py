"""Taking an older store up to this version; loaded only then.

Foreign keys are off before the transaction begins, because a rebuilt table would otherwise take its children with
it, and checked before it ends. A verified copy is left beside the store first.
"""

from pathlib import Path

from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.script import ScriptDirectory

from care.db import schema, sqlite
from care.db.copies import copy_store
from care.errors import BadStore


def backup(path: Path, connection: sqlite.File) -> Path:
    """The path of a verified copy beside the store, named after the version it holds."""
    copy = path.with_name(f"{path.stem}-before-upgrade-from-{sqlite.version_of(connection)}{path.suffix}")
    copy_store(connection, path, copy)
    return copy


def upgrade(path: Path, connection: sqlite.File) -> None:
    """Brings the store to ``schema.VERSION`` in one transaction, or leaves it as it was and raises BadStore."""
    if sqlite.version_of(connection) >= schema.VERSION:
        return  # another care was first, while this one still loaded what it takes
    copy = backup(path, connection)
    try:
        with sqlite.links_unchecked(connection):
            lost = run_revisions(connection)
    except BaseException:
        copy.unlink()
        raise
    if lost:
        copy.unlink()
        raise BadStore(f"{path} could not be upgraded: {lost} rows would lose what they belong to. It is unchanged.")


def run_revisions(connection: sqlite.File) -> int:
    """Runs every revision this store lacks in one transaction; rolls back and returns how many rows would be orphaned.

    An empty database gets every revision there is, which is how tests hold "upgraded" against "made new".
    """
    config = Config()
    config.set_main_option("script_location", "care.db:migrations")
    script = ScriptDirectory.from_config(config)
    engine = sqlite.engine_on(connection).execution_options(writes=True)
    with engine.connect() as live, live.begin() as transaction:
        live.exec_driver_sql(schema.VERSION_TABLE.replace("TABLE", "TABLE IF NOT EXISTS"))
        with EnvironmentContext(config, script, fn=lambda rev, _: script._upgrade_revs("head", rev)) as environment:
            environment.configure(connection=live)
            environment.run_migrations()
        lost = sqlite.count_orphans(connection)
        sqlite.mark(connection, schema.VERSION)
        if lost:
            transaction.rollback()
    return lost
