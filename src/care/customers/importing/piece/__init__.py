"""One piece of a file, settled row by row."""
