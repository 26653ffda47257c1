"""What wants attention: stale, to be renewed, missing; owners are told, files are scanned."""
