"""Everything that happened with one customer, in order."""
