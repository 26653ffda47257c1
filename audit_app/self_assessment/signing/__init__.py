"""Reviewed, signed and frozen; compared with the one before, and with what happened since."""
