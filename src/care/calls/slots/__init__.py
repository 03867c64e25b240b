"""When calls can be made: the times of callers and customers, matched."""
