"""A plan written as a Word document. Pure."""
