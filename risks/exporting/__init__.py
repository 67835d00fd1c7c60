"""From rows to a document, a workbook and a file."""
