"""What must hold of an edition, of the crosswalk and of conditions, checked after each file's own shape. Pure."""
