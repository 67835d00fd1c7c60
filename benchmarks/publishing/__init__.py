"""Budgets of a version: published, and compared with another."""
