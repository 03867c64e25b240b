"""A transcript kept with the talk it is of."""
