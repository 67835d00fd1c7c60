"""The pages on which suppliers are asked, and what they sent is read."""
