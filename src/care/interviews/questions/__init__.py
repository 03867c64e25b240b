"""The questions of the guide as a company changes them: added, reworded, retired and brought back."""
