"""Sections that only some kinds of pack have, each composed from the extract; and what was not chosen. Pure."""
