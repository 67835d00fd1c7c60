"""The follow-up report: what of follow-up is public, as a typed document. Pure."""
