"""Forms of one row that two people have open at once."""
