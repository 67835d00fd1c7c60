"""What the public may know of follow-up: counts, approved readings, published summaries."""
