"""From the blocks of a Word file to a plan."""
