"""A calendar that care writes into, wherever it is: on a CalDAV server, in a folder or in a file."""
