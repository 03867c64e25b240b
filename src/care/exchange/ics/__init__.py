"""iCalendar: reading when somebody is busy, and writing a call as an event."""
