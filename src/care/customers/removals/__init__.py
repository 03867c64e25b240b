"""Taking customers out of the draw by hand, and whether it was those next in turn."""
