"""The ways in which a backup or a restore says no, each in a sentence that says what to do."""


class NotBackedUp(Exception):
    """No backup was made, or it cannot be relied on; the older ones are as they were."""


class NotRestored(Exception):
    """Nothing was restored, and nothing was left in the place it was to go to."""


class NotFetched(Exception):
    """No backup was fetched, and nothing half was left."""


class NoKey(Exception):
    """The key of the backups is missing or is none; the message says which and where it is looked for."""
