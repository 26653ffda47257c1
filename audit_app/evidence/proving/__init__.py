"""What evidence proves: attached to a thing, taken away, moved to its newest version; which things, and by whom."""
