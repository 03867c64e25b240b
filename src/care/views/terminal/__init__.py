"""Screens, one module per noun."""
