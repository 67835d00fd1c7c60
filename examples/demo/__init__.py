"""The demo of `make run`: the packages and follow-ups of the example plan."""
