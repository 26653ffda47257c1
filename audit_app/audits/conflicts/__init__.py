"""Whether whoever is to audit a record stands too near to it: the team, its management, the case itself."""
