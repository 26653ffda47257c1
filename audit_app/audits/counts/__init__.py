"""Agreed audits counted by day and by month, so that a year's figures need not be counted anew for every look."""
