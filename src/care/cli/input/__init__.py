"""Asking a person at the terminal, and keeping what they typed until it is recorded."""
