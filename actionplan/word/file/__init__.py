"""A Word file as Word shows it: what is visible, its styles, numbers and symbols. Pure."""
