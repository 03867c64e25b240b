"""Customers on their way out: all that an import would need to bring them back."""
