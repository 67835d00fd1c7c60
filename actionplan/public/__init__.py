"""What the public pages of all apps share."""
