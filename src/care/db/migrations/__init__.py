"""Revisions from one schema to the next, in frozen SQL."""
