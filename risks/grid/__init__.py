"""The matrix of one product area as it is edited."""
