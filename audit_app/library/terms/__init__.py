"""The words a council uses instead of the product's own."""
