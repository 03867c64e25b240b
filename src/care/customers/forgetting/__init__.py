"""Letting a customer go for good."""
