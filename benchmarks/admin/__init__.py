"""Budgets of the admin: what its addresses cost, and what a save does."""
