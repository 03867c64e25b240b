"""Whether the selection favours anybody."""
