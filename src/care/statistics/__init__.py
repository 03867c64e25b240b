"""Intervals, tests and probabilities. Nothing here knows what a customer is."""
