"""What of a selection is read, and what in it does not go together."""
