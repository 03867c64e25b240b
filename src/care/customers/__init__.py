"""Customers: who they are to us, how to reach them, and where they stand in the order of the draw."""
