"""The document that is published: typed, versioned, and pure.

`reading.read` makes it of what is stored, whatever its schema; `schema` says what is in it.
"""
