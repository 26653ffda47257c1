"""Joining a second council with the account one has."""
