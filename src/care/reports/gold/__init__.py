"""What became of the gold."""
