"""Whether what is derived of customers is what it would be if worked out anew."""
