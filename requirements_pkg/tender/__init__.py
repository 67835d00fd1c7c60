"""What a buyer takes along: her selection, and its files."""
