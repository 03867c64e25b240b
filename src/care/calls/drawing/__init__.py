"""Drawing a week: how many seats, from whom, and the seal over it."""
