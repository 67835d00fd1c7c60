"""How a follow-up, an indicator or a goal stands, and what may be counted in public. Pure."""
