"""Staying in touch: one small touch, some time after a talk that nothing has followed."""
