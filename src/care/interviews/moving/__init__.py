"""A recorded talk given to the customer it was really with."""
