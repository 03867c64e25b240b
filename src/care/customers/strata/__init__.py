"""Dividing the order of the draw, and making it one again."""
