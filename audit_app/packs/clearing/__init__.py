"""Words in a pack's texts that may tell of a person: each is cleared, reworded or accepted before the pack is built."""
