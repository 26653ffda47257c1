"""Self-assessments as a whole: begun, laid out in sections, given to people."""
