"""Faults on purpose: processes killed at random moments, races of eight clients, a full disk.

`python -m tests.faults` tries hundreds on both databases and prints the counts; a short form is
part of the suite.
"""
