"""What we owe customers: promises, those who wait to be told, and the rest in one list."""
