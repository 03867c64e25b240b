"""A second opinion on the draws: what was sealed and recorded, worked out again without any code of the draw."""
