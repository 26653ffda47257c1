"""The thread from criterion to impact, its gaps, and what changed since a day."""
