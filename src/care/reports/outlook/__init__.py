"""What the present pace promises."""
