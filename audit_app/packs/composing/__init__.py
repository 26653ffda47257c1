"""From the rows of the register to the frozen contents of a pack. Pure."""
