"""Lists of customers, and what they are chosen and sorted by."""
