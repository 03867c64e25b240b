"""care: a few random customers a week, their words, and the proof that they were told."""

__version__ = "0.1.0"
