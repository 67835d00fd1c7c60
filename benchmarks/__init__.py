"""One script per budget of performance, each against its floor in the same run."""
