"""Settings that decide whose turn can come."""
