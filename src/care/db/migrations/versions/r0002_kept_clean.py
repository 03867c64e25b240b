"""Columns remembered per layout, where an import's file lay, customers who may be one, and whom we have let go."""

from care.db.migrations.versions import run_frozen

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Adds four tables, their indexes and the triggers of the two that are journaled."""
    run_frozen("r0002_kept_clean.sql")
