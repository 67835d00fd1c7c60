"""The panels of a follow-up's page."""
