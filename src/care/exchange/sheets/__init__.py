"""Markdown sheets: the form of one call, written and read back."""
