"""What was sent in a form that could not be taken: kept, and brought back to be sent again."""
