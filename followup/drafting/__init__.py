"""From live rows of follow-up to the report that is published of them."""
