"""How much of the application the suite goes through: lines and branches, against a floor."""
