"""What the pages of an import are made of: its questions, its lists, and its undoing."""
