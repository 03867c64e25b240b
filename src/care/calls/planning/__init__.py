"""Planning a week: drawing it, and what may be done to a planned call."""
