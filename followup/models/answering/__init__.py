"""What suppliers answer without a log-in, and the files that show something.

`followup.models` names them: the room imports nothing of what is beside it.
"""
