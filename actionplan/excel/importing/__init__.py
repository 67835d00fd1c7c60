"""A file comes back, step by step: read, map columns, compare, check, tell, write.

`steps.py` has them in their order. Nothing is ever deleted, a row that equals what is stored is
skipped, and one faulty row stops the whole file.
"""
