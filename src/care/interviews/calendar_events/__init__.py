"""Calls as they stand in a calendar: what an event of one says, and what becomes of it when either side changes."""
