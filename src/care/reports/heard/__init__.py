"""What was heard: talks, customers' words, and the shares that may be claimed."""
