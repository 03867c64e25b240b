"""Changing what is known of a customer, and whether they may be called."""
