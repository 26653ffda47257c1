"""Answers brought back from the form that is filled in away from the network: read, looked at, then saved whole."""
