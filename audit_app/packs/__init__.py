"""Evidence packs: one frozen set of contents for one audience, shown as a page, a PDF, a workbook and a ZIP."""
