"""The papers of data protection, generated from what is stored: two for the council’s files, two for every reader."""
