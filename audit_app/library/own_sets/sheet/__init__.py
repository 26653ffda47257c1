"""A question set's workbook: its columns, its cells, and the document they make."""
