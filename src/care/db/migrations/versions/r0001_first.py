"""The first schema."""

from care.db.migrations.versions import run_frozen

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Makes every table, index and trigger of version 1."""
    run_frozen("r0001_first.sql")
