"""What to say to each customer who raised an issue."""
