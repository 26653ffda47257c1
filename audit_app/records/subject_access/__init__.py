"""Subject access: everything on one case reference or one member of staff, as a working copy to decide on."""
