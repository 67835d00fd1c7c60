"""Pages of the admin that are no form of one row: a step, an answer, a decision."""
