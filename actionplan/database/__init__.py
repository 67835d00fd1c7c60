"""Rows written, counted and guarded: what all apps ask of the database."""
