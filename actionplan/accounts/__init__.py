"""Log-in, passwords, people and their roles."""
