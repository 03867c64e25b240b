"""Changing what an issue is: its owner, its words, where it stands, and two that are one."""
