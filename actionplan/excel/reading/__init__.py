"""Workbooks that people send, cell by cell as Excel shows them. Pure."""
