"""The verbs of follow-up, a module for each noun."""
