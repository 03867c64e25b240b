"""Which passages are alike, and gathering them."""
