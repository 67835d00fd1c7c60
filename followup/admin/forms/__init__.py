"""What the pages of the admin ask for."""
