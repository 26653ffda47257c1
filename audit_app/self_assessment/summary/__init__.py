"""The self-assessment on two pages: written by people, out of what its sections say; signed with the whole."""
