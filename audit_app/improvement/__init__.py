"""Pages over the thread: findings, areas for improvement, plans, actions, and what they changed for children."""
