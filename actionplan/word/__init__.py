"""A plan as Word or text: what it holds, read and written. Pure."""
