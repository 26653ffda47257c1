"""The kinds of question on the pages of an audit: the fields of each, and what is given in them."""
