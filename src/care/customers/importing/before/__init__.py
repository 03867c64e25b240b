"""What was said at earlier imports."""
