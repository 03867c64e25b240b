"""Everything care holds on customers, for whoever moves away or asks what is known of them."""
