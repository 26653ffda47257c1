"""The thread: findings, where they came from, what was done about them, and whether it worked."""
