"""Whether every draw took exactly the names its turn required, given what was on record."""
