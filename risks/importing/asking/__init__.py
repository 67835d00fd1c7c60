"""What an import asks a person, what she answers, and what is remembered of it."""
