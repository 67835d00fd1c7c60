"""Contracts, their suppliers, and the requirements that were taken into them.

`followup.models` names them: the room imports nothing of what is beside it.
"""
