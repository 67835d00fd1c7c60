"""What is due, in the mail and in the calendar of whom it concerns."""
