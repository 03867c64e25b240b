"""Bringing customers in from files: whose row is whose, and what changes."""
