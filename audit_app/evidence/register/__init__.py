"""The register of evidence, narrowed and searched."""
