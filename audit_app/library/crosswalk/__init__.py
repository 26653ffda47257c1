"""Which questions speak to which areas of other editions, and the doubts about it."""
