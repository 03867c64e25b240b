"""What a week needs beside the draw: times and calendars, veins, transcripts, what else is owed, and the search."""

from care.db.migrations.versions import run_frozen

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Adds columns to six tables by making them anew, seven tables, and the search with all that was said so far."""
    run_frozen("r0003_the_whole_week.sql")
