"""Two customers found to be one person."""
