"""Requirements in Excel: out, edited, and in again."""
