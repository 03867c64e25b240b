"""The experience customers should have, and what may be claimed of it."""
