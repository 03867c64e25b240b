"""Contacts with a purpose, what follows a talk, and the days to remember."""
