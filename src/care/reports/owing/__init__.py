"""Everything owed to customers, gathered."""
