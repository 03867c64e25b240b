"""What commands did: how rows looked before each change, and taking changes back."""
