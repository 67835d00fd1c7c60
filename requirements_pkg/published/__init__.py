"""What is published, as every page asks for it: versions, their facts, finished pages."""
