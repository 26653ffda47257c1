"""What every stored field is: the one place that says it, for the papers of data protection and for copies of data."""
