"""Facts about the record in a draft: added, changed, put in order, deleted; and how they read."""
