"""The tries to reach a customer, and how a call comes to its end."""
