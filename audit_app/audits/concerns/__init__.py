"""“Safe today?”: a concern raised in the same transaction as the answer, told at once, acknowledged by name."""
