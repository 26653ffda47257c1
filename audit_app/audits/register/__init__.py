"""The register of audits as people narrow it: what is offered, what an address asks for, the long workbook."""
