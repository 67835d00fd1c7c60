"""Workbooks and CSV that leave."""
