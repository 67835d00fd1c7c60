"""A region's own Word template: read, checked, and kept cheap."""
