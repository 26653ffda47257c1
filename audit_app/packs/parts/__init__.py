"""What the contents of a pack are made of, where one kind of page has many parts. Data only."""
