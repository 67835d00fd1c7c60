"""Swedish words: their stems, their parts, and where they may break. Pure."""
