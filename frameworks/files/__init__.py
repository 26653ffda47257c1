"""Files as people write them: text into values, where a fault stands, and how it is told. Pure."""
