"""Follow-up as HTML, for the public pages and for the preview of a report."""
