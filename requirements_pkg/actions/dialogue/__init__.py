"""The verbs of what the world says of requirements."""
