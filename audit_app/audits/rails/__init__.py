"""Guard rails: what a grade is asked about, the auditor's reason, and both kept with the audit that was submitted."""
