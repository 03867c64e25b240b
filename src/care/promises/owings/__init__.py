"""Other things owed, beside promises and what there is to tell."""
