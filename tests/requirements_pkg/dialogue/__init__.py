"""Tests of what the world says of requirements."""
