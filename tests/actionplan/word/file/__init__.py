"""What stands in a Word file, as its reader sees it."""
