"""The first page, the accessibility statement and the privacy notice."""
