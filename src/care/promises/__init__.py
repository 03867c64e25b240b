"""Promises: what we told customers we would do."""
