"""The public pages of follow-up."""
