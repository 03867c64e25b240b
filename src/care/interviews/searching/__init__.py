"""Finding again what was said: every word of talks, issues, promises, and of customers' names."""
