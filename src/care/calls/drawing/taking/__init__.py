"""Taking the next in order, and sealing what was taken."""
