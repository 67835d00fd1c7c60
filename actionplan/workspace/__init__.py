"""Where people work in the admin: the tabs of a plan, and the first page."""
