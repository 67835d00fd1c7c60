"""What the admin pages of follow-up share: rights and panels."""
