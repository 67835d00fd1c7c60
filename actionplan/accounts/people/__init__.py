"""The people and their roles, as administrators see them."""
