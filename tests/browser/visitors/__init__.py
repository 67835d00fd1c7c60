"""The public pages in a browser."""
