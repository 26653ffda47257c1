"""Findings: raised by hand, from audits or from a file; corrected, withdrawn, listed."""
