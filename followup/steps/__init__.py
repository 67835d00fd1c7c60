"""How far a follow-up has come, and what it may do next."""
