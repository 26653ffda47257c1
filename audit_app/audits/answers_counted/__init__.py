"""How often each answer was given: every question set, by question, team, group of children and month."""
