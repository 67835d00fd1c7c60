"""The verbs of a review: comment, tick as read, tell by mail who is to look."""
