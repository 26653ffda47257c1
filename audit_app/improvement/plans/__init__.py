"""Improvement plans and their themes."""
