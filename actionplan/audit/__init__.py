"""Who did what, who read what is confidential, and who may know it."""
