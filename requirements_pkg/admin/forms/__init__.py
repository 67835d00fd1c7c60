"""The forms of packages and requirements."""
