"""How a pack ends: withdrawn with a reason, and destroyed by two people or on its date."""
