"""What has happened with an issue, and who did it."""
