"""Councils of one installation: setting up a second one, and naming the first."""
