"""The public pages where people without a log-in tell us something: nothing of it is public."""
