"""Budgets of the public pages and of their search."""
