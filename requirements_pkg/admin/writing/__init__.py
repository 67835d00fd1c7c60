"""The pages around the form of a requirement: how it will be read, and copies of it."""
