"""From a draft to a pack that somebody outside has: proof-read, released by a second person, its pages swapped."""
