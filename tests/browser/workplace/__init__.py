"""The back office as a place to work: by mouse, by keys, and without a script."""
