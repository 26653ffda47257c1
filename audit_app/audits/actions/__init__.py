"""Actions from one audit, at five levels: set, reported on, done, confirmed."""
