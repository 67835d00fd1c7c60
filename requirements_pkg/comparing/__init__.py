"""Two contents side by side: what became of one in the other, and how a page says it."""
