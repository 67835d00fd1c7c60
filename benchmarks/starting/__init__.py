"""Budgets of the first start: the migrate, and the way from a clone to a page."""
