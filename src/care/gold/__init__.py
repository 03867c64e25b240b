"""Gold: wishes and triggers collected across calls, gathered into veins, and what becomes of each."""
