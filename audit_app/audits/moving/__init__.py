"""An unfinished audit moved to a newer question set, and back."""
