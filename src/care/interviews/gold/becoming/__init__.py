"""What becomes of a vein: an issue, a promise of ours to all customers, or nothing."""
