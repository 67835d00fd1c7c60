"""What goes along from one period of a plan to the next."""
