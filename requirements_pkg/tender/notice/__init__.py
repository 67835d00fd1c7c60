"""What of a selection goes into a notice."""
