"""From a Word document or a text to rows, step by step."""
