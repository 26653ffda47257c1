"""A council's own question sets: written in the browser or brought as a file, published by a second person."""
