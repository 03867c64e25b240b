"""The call as a form on paper: what stands on it, and what was written on it."""
