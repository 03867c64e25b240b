"""One customer across every noun: the page, merging, letting go, leaving, and all that is held on them."""
