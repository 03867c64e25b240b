"""Customers in CSV files: read in whatever layout they have, and written so that they read back unchanged."""
