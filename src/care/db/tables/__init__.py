"""The tables, one module per noun; nothing is imported from here, so that a command loads only what it needs."""
