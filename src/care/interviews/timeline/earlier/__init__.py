"""What was on record before a talk was put right."""
