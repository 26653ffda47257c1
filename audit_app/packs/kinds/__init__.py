"""Kinds of pack: which sections, in which order, and what is chosen first. Ours are data; a council saves its own."""
