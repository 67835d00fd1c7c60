"""What a register of suppliers and contracts knows of its own: how a number is checked. Pure."""
