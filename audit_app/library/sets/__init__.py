"""Question sets: read through, searched, printed as a blank form."""
