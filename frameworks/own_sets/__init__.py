"""A council's own question set: its shape, its checks, what it becomes once published, and its file. Pure."""
