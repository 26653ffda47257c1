"""The register of plan actions taken out: what an address narrows it to, and the long workbook."""
