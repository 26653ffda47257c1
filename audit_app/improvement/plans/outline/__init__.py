"""A whole plan typed in as one text, a line for each thing it holds, and written out in the same shape."""
