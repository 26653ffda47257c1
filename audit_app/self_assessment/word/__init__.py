"""Self-assessments as Word documents in the council's own template, or in ours while it has none."""
