"""Files made to hurt whoever reads them, and what every reader makes of each."""
