"""A council's first day: its settings on one page, and a list of what is set up and what comes next."""
