"""Removing things for good: asked for by one person with a list of all that goes, agreed to by another (PE-4, PR-6)."""
