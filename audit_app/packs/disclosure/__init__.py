"""What each audience of a pack may get: levels by field, columns by field, names for audits, a look at typed texts."""
