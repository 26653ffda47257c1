"""The house style of printed documents: blocks to put on paper, and the one call that makes them a tagged PDF."""
