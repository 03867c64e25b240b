"""Recognition: contacts with a purpose."""
