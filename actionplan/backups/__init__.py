"""One file with every row: taken from either database, restored into an empty one of either."""
