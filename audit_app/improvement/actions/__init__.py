"""Plan actions: planned, reported on, verified; their milestones and measures."""
