"""What a thing to be removed consists of, what only points at it, and what a page says once it is gone."""
