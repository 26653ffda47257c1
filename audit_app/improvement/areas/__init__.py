"""Areas for improvement: opened, joined by findings, owned, judged for impact, closed."""
