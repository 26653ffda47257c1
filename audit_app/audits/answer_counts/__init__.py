"""Answers of agreed audits counted by day and by month, so that a year's answers need not be read anew each time."""
