"""Copies of a store: taken, and brought back."""
