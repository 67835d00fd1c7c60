"""One script per budget of docs/performance.md, each against its floor in the same run."""
