"""What may be undone, and what stands on what."""
