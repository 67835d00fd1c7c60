"""A plan read out of the blocks of a document. Pure."""
