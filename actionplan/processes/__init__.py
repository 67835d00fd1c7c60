"""Work outside the web process, and how much of it at once."""
