"""The draft of a package: rows become a document, and the rules it is held against."""
