"""A recorded talk changed, and the talk as it was recorded."""
