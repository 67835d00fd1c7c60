"""Every address, form and action of the admin, for everybody who may and may not."""
