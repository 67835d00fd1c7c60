"""What stands before the application: what it refuses by itself, and how."""
