"""Editions of frameworks: read, compared, printed, exported."""
