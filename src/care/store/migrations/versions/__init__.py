"""One module a revision; its SQL never changes once released."""
