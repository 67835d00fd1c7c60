"""Budgets of what is read from Excel and written to it."""
