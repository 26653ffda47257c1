"""People brought in from a workbook: template, preview, confirm, all or nothing."""
