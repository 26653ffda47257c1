"""Many audits at once: set up from a list, and given to others or given more time."""
