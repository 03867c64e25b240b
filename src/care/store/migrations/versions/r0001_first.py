"""The first schema."""

from importlib.resources import files

from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Makes every table, index and trigger of version 1."""
    frozen = files("care.store.migrations.versions").joinpath("r0001_first.sql").read_text("utf-8")
    for statement in frozen.rstrip().rstrip(";").split(";;\n"):
        if "alembic_version" not in statement:  # Alembic makes and fills its own
            op.get_bind().exec_driver_sql(statement)
