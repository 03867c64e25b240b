"""One module a revision; its SQL never changes once released."""

from pathlib import Path

from alembic import op

from care.db.schema import read_statements


def run_frozen(name: str) -> None:
    """Runs the statements of a frozen file beside this one, in their order."""
    for statement in read_statements(Path(__file__).with_name(name)):
        if "alembic_version" not in statement:  # Alembic makes and fills its own
            op.get_bind().exec_driver_sql(statement)
