"""Rubbish that strangers send to every address, and what is typed in every form."""
