"""Number formats of Excel: what a number or a day shows under one. Pure."""
