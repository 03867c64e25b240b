"""The brief: one screen before dialling."""
