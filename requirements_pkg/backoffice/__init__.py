"""What the admin pages of packages share with those of follow-up."""
