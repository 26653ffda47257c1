"""Shapes of the council's own: drafts that change, published versions that stay, and their end."""
