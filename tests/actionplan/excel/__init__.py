"""Workbooks that people send, read as Excel shows them."""
