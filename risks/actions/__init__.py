"""The verbs of what may be dropped, what must stay, and what an import kept."""
