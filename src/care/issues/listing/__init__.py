"""The list of issues, a page at a time."""
