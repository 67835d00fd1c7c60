"""How much anybody may ask for in a minute, counted by the processes of a server together."""
