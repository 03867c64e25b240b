"""Interviews: the guide, the brief before a call, the notes after it."""
