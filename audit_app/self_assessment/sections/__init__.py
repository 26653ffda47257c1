"""One section: what is written under its questions, its grade, and what is said about the draft."""
