"""A draft as whoever reviews it reads it: what changed, area by area, with what is said of it."""
