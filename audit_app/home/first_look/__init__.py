"""What a director sees first: how good practice is, how well that is known, and what is being done about it."""
