"""Issues: what customers raised, until each of them has been told."""
