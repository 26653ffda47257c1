"""Accounts: signing in and out, passwords, one-time links, sessions, and a person's own page."""
