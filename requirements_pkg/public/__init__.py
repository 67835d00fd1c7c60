"""The public pages of packages, requirements, the search and the selection."""
