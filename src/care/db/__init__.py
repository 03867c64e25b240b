"""The store: engine, schema, journal, ledger and full text. It knows rows, and nothing of what a command wants."""
