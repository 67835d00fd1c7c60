"""The verbs of packages and requirements, a module for each noun."""
