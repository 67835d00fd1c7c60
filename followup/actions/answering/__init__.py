"""The verbs of asking a supplier and taking in what they answer."""
