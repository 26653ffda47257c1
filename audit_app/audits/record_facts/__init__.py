"""Facts about the record that a council's own set asks above its questions: given, frozen with the audit, told."""
