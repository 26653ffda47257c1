"""Claims, what they cite, and what that says today; plans for the next twelve months."""
