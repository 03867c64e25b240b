"""Telling: how well we close the loop, and what may be published of it."""
