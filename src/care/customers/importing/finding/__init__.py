"""Whom the rows of a piece of a file mean."""
