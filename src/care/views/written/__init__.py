"""The report written for others: the very lines of the screen, as Markdown and as a page for a browser."""
