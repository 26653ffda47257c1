"""The page that answers the three questions of a conversation with leaders: how good, how we know, what next. Pure."""
