"""What was said word for word: whose words they are, and quoting them by time."""
