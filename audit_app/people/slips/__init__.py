"""One-time links printed together: one slip a person, to be handed over by hand."""
