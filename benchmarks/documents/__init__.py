"""Budgets of Word and PDF."""
