"""What a supplier is asked, and in which words. Pure."""
