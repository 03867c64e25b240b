"""Calls: drawing them, planning them, making them."""
