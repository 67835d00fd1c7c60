"""Questionnaires and readings in Excel, out and in again."""
