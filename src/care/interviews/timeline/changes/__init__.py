"""What was changed on one customer, when, and by which command."""
