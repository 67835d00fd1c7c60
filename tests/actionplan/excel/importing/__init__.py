"""Lists read back from Excel, step by step."""
