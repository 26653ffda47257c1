"""The library: the frameworks and question sets to read, print and compare, and the council's own sets to write."""
